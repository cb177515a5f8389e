import { Injectable } from '@nestjs/common';
import { type Language, text } from '../../infra/i18n/texts.js';
import { formatMoney } from '../../infra/i18n/format.js';
import { earliestPortDay } from '../../lines/actions/day-rules.js';
import { LineRequests } from '../../lines/actions/line-requests.service.js';
import { TariffChanges } from '../../lines/actions/tariff-changes.service.js';
import { LineNotFound, LineStateForbids } from '../../lines/lines.errors.js';
import { SimReplacements } from '../../sims/replacement/sim-replacements.service.js';
import type { ShownTariff } from '../../tariffs/catalogue/shown-tariff.js';
import { priceDifference } from '../../tariffs/price-difference.js';
import { TariffReader } from '../../tariffs/tariff-reader.service.js';
import type { TariffTerms } from '../../tariffs/tariff-terms.js';
import { aspectWords, dayWords, periodWords, priceWords } from '../../tariffs/words/tariff-words.js';
import { type PageQuery, textOf } from '../page-query.js';
import { type LinePageRow, LinePageQueries } from './line.queries.js';
import { ACTIONS, type LineAction, shownLine } from './line-views.js';

const COMPARED = ['price', 'traffic', 'minutes', 'sms'] as const;

/** The forms of what is done with a line; each says beforehand what it will mean. */
@Injectable()
export class LineActionPages {
  constructor(
    private readonly queries: LinePageQueries,
    private readonly requests: LineRequests,
    private readonly changes: TariffChanges,
    private readonly tariffs: TariffReader,
    private readonly replacements: SimReplacements,
  ) {}

  /** Of suspension, resumption and end. Throws LineNotFound, LineStateForbids. */
  async plain(id: string, action: LineAction): Promise<object> {
    return { line: shownLine(await this.find(id, action)), today: this.requests.today() };
  }

  /** First the tariffs of the operator; then, where one was chosen, what it says beside the present one. */
  async tariff(id: string, query: PageQuery, language: Language): Promise<object> {
    const row = await this.find(id, 'tariff');
    const [offers, versions] = await Promise.all([
      this.changes.offers(row.operator_id),
      this.tariffs.versionsById([row.tariff_version_id]),
    ]);
    const present = versions.get(row.tariff_version_id)!;
    const chosen = offers.find(({ versionId }) => versionId === textOf(query, 'tariff')) ?? null;
    return {
      ...{ line: shownLine(row), today: this.requests.today(), present: present.name },
      offers: offers
        .filter(({ versionId }) => versionId !== row.tariff_version_id)
        .map((offer) => ({ value: offer.versionId, name: `${offer.name}, ${priceWords(offer, language)}` })),
      chosen: chosen && { ...comparison(present, chosen, language), id: chosen.versionId, name: chosen.name },
    };
  }

  async sim(id: string, query: PageQuery): Promise<object> {
    const row = await this.find(id, 'sim');
    const unreachable = row.is_contact && !row.has_mail;
    const iccid = textOf(query, 'iccid') ?? '';
    const { cards, missing } = await this.replacements.find(row.operator_id, iccid);
    return { line: shownLine(row), unreachable, iccid, candidates: cards, missing };
  }

  async port(id: string, language: Language): Promise<object> {
    const row = await this.find(id, 'port');
    const who = row.is_company ? 'company' : 'person';
    const earliest = earliestPortDay(this.requests.today(), who);
    return {
      ...{ line: shownLine(row), earliest },
      dayHint: text(language, `line-desk:port.${who}From`, { day: dayWords(earliest, language) }),
    };
  }

  private async find(id: string, action: LineAction): Promise<LinePageRow> {
    const row = await this.queries.find(id);
    if (!row) throw new LineNotFound();
    if (!ACTIONS[action].some((state) => state === row.state)) throw new LineStateForbids();
    return row;
  }
}

function comparison(present: TariffTerms, next: ShownTariff, language: Language): object {
  const unknown = text(language, 'tariffs:unknown.any');
  const difference = priceDifference(present, next);
  return {
    rows: COMPARED.map((aspect) => ({
      aspect,
      before: aspectWords(present, aspect, language) ?? unknown,
      after: aspectWords(next, aspect, language) ?? unknown,
    })),
    difference:
      difference.kind === 'unknown'
        ? text(language, 'line-desk:tariff.difference.unknown')
        : text(language, `line-desk:tariff.difference.${difference.kind}`, {
            sum: formatMoney(difference.kopecks, language),
            period: periodWords(difference.period, language),
          }),
    approximate: difference.kind !== 'unknown' && difference.approximate,
    fee: next.connectionFeeKopecks === null ? null : formatMoney(next.connectionFeeKopecks, language),
  };
}
