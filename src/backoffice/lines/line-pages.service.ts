import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import type { Language } from '../../infra/i18n/texts.js';
import { LineNotFound } from '../../lines/lines.errors.js';
import { type LineRequest, RequestQueries } from '../../lines/requests/request.queries.js';
import { requestWords, stepsInWords } from '../../lines/requests/request-words.js';
import { Clock } from '../../shared/clock.js';
import { TariffReader } from '../../tariffs/tariff-reader.service.js';
import type { TariffVersion } from '../../tariffs/tariff-version.entity.js';
import { packagesOf } from '../../tariffs/words/tariff-card.js';
import { priceWords } from '../../tariffs/words/tariff-words.js';
import { isOpen } from '../../tasks/operator-task.js';
import { type LineEventRow, LinePageQueries } from './line.queries.js';
import { actionsOf, shownLine, taskTag } from './line-views.js';

/** One number with its tariff, its card and what was done with it. */
@Injectable()
export class LinePages {
  constructor(
    private readonly queries: LinePageQueries,
    private readonly requests: RequestQueries,
    private readonly tariffs: TariffReader,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Throws LineNotFound. */
  async show(id: string, language: Language): Promise<object> {
    const row = await this.queries.find(id);
    if (!row) throw new LineNotFound();
    const [events, requests, versions] = await Promise.all([
      this.queries.events(id),
      this.requests.ofLine(id),
      this.tariffs.versionsById([row.tariff_version_id]),
    ]);
    const told = requests.map((request) => this.told(request, language));
    const open = requests.findIndex(isOpen);
    return {
      line: shownLine(row),
      terms: termsOf(versions.get(row.tariff_version_id)!, language),
      task: told[open] ?? null,
      actions: actionsOf(row.state, open >= 0),
      history: timeline(events, told),
    };
  }

  private told(request: LineRequest, language: Language): Told {
    const options = { language, zone: this.config.timeZone, now: this.clock.now() };
    return {
      ...{ id: request.id, number: request.number, state: request.state, tag: taskTag(request.state) },
      ...{ words: request.words, reference: request.reference, due_at: request.due_at, at: request.created_at },
      ...{ actor: request.actor, actor_kind: request.actor_kind },
      title: requestWords(request.details, language),
      steps: stepsInWords(request, options),
    };
  }
}

interface Told {
  at: string;
  title: string;
  [more: string]: unknown;
}

/** Events and requests in one row of time, the latest first. */
function timeline(events: readonly LineEventRow[], requests: readonly Told[]): object[] {
  const all = [
    ...events.map((event) => ({ ...event, request: null })),
    ...requests.map((request) => ({ at: request.at, request })),
  ];
  return all.sort((one, other) => new Date(other.at).getTime() - new Date(one.at).getTime());
}

function termsOf(version: TariffVersion, language: Language): object {
  const { name, extras, conditions } = version;
  return { name, price: priceWords(version, language), packages: packagesOf(version, language), extras, conditions };
}
