import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../../infra/config/config.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Clock } from '../../shared/clock.js';
import type { Operator } from '../../tariffs/operator.entity.js';
import { Operators } from '../../tariffs/operators.service.js';
import { ALLOWANCES, AUDIENCES, PERIODS, QUALITIES, SAID_BY_NOBODY, termsOf } from '../../tariffs/tariff-terms.js';
import type { TariffVersion } from '../../tariffs/tariff-version.entity.js';
import type { Tariff } from '../../tariffs/tariff.entity.js';
import { TariffReader } from '../../tariffs/tariff-reader.service.js';
import { draftOf, versionInForce, versionsAhead } from '../../tariffs/version-in-force.js';
import { tariffSheet } from '../../tariffs/words/tariff-sheet.js';
import { DomainError } from '../../shared/domain-error.js';
import { formOf } from './tariff.form.js';
import { changesOf, historyOf, linesOf } from './tariff-story.js';
import { TariffQueries } from './tariffs.queries.js';

interface Known {
  tariff: Tariff;
  operator: Operator;
  versions: TariffVersion[];
}

/** What the pages of one tariff show. */
@Injectable()
export class TariffDesk {
  constructor(
    private readonly reader: TariffReader,
    private readonly operators: Operators,
    private readonly queries: TariffQueries,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async show(id: string, language: Language): Promise<object> {
    const { tariff, operator, versions } = await this.known(id);
    const now = this.clock.now();
    const [current, draft] = [versionInForce(versions, now), draftOf(versions)];
    const names = await this.queries.staffNames(versions.flatMap((one) => [one.createdBy, one.publishedBy]));
    const ahead = versionsAhead(versions, now);
    return {
      ...{ id, slug: tariff.slug, operator: { name: operator.name, colour: operator.colour } },
      name: (current ?? ahead[0] ?? versions[0]!).name,
      ...{ archived: tariff.state === 'archived', onSite: current !== null, editable: tariff.state !== 'archived' },
      current: current && { number: current.number, validFrom: current.validFrom, lines: linesOf(current, language) },
      draft: draft && {
        ...{ number: draft.number, revision: draft.revision, only: versions.length === 1 },
        changes: current ? changesOf(current, draft, language) : null,
        lines: current ? null : linesOf(draft, language),
      },
      ahead: ahead.map((one) => ({
        ...{ id: one.id, number: one.number, validFrom: one.validFrom },
        changes: current ? changesOf(current, one, language) : null,
      })),
      overtaken: draft !== null && ahead[0] ? { number: ahead[0].number, at: ahead[0].validFrom } : null,
      history: historyOf(versions, names, language),
      tomorrow: DateTime.fromJSDate(now, { zone: this.config.timeZone }).plus({ days: 1 }).toISODate(),
      whens: ['now', 'later'].map((value) => ({
        value,
        name: text(language, value === 'now' ? 'tariffs:admin.publishNow' : 'tariffs:admin.publishLater'),
      })),
    };
  }

  /** The builder: empty, with the draft or with what is in force. */
  async edit(id: string, language: Language): Promise<object> {
    const { tariff, operator, versions } = await this.known(id);
    if (tariff.state === 'archived') throw new DomainError('tariff_archived', 'conflict');
    const draft = draftOf(versions);
    const start = draft ?? versionInForce(versions, this.clock.now()) ?? versions[0]!;
    return {
      ...{ id, name: start.name, operator: operator.name, slug: tariff.slug, revision: draft?.revision ?? '' },
      ...this.builder(formOf(termsOf(start)), language),
    };
  }

  async newTariff(language: Language): Promise<object> {
    const operators = await this.operators.list();
    const fields = { ...formOf(SAID_BY_NOBODY), minutesKind: 'amount', trafficKind: 'amount', smsKind: 'unknown' };
    return {
      operators: operators.map(({ id, name }) => ({ value: id, name })),
      ...this.builder(fields, language),
    };
  }

  /** The page as customers will read it: the draft, or the version with this number. */
  async preview(id: string, number: unknown, language: Language): Promise<object> {
    const { tariff, operator, versions } = await this.known(id);
    const asked = versions.find((version) => String(version.number) === number);
    const version = asked ?? draftOf(versions) ?? versionInForce(versions, this.clock.now()) ?? versions[0]!;
    const { code, name, colour } = operator;
    const told = { ...version, slug: tariff.slug, operator: { code, name, colour }, open: true };
    return { ...tariffSheet(told, language), tariffId: id, number: version.number, draft: version.state === 'draft' };
  }

  /** A foreign id is a 404 whatever else is wrong with a form. */
  async mustExist(id: string): Promise<void> {
    await this.reader.findTariff(id);
  }

  /** Midnight of the day, in the programme's zone. */
  startOf(day: string): Date {
    return DateTime.fromISO(day, { zone: this.config.timeZone }).toJSDate();
  }

  private builder(fields: Record<string, string | undefined>, language: Language): object {
    const options = (values: readonly string[], family: string): object[] =>
      values.map((value) => ({ value, name: text(language, `tariffs:${family}.${value}`) }));
    return {
      fields,
      devices: options(AUDIENCES, 'devices'),
      periods: options(PERIODS, 'periods'),
      kinds: options(ALLOWANCES, 'kinds'),
      qualities: options(QUALITIES, 'qualities'),
    };
  }

  private async known(id: string): Promise<Known> {
    const tariff = await this.reader.findTariff(id);
    const [operator, versions] = await Promise.all([this.reader.operatorOf(tariff), this.reader.versionsOf(id)]);
    return { tariff, operator, versions };
  }
}
