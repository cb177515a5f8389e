import { Injectable } from '@nestjs/common';
import { Config } from '../infra/config/config.js';
import { type DateOptions, dayOf, formatDate } from '../infra/i18n/format.js';
import { text, type Language } from '../infra/i18n/texts.js';
import { Clock } from '../shared/clock.js';
import { type FeedDay, feedDays, wholeDays } from './feed.js';
import { toOperation } from './operation.js';
import { type PointsSummary, pointsSummary } from './points-summary.js';
import { keyOf, OPERATION_KINDS, OperationQueries } from './queries/operations.queries.js';
import { OverviewQueries } from './queries/overview.queries.js';
import {
  pathOf,
  readChoice,
  type StatementChoice,
  type StatementQuery,
  toFilter,
  usualSpans,
} from './statement-filter.js';

interface Choice {
  name: string;
  path: string;
  current: boolean;
}

/** Of the chosen days, in hundredths of a point with their signs. */
interface Totals {
  earned: bigint;
  spent: bigint;
  burnt: bigint;
}

export interface StatementPage {
  balance: PointsSummary;
  days: FeedDay[];
  totals: Totals;
  kinds: Choice[];
  spans: Choice[];
  spanName: string;
  choice: StatementChoice;
  today: string;
  chosen: boolean;
  newer: string | null;
  older: string | null;
  csvPath: string;
}

const PAGE = 40;

/** `/cabinet/points`: every operation, as a bank's statement has them. */
@Injectable()
export class StatementPages {
  constructor(
    private readonly operations: OperationQueries,
    private readonly overviews: OverviewQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async statement(customerId: string, query: StatementQuery, language: Language): Promise<StatementPage> {
    const { timeZone: zone } = this.config;
    const now = this.clock.now();
    const choice = readChoice(query);
    const filter = toFilter(choice, zone);
    const [overview, totals, rows] = await Promise.all([
      this.overviews.overview(customerId, now),
      this.operations.totals(customerId, filter),
      this.operations.list(customerId, filter, query['after'], PAGE),
    ]);
    const { shown, more } = wholeDays(rows.map(toOperation), PAGE);
    const last = rows[shown.length - 1];
    return {
      ...choicesOf(choice, dayOf(now, zone), language),
      spanName: spanName(choice, { language, zone, now }),
      balance: pointsSummary(overview, now),
      days: feedDays(shown, language),
      totals: { earned: BigInt(totals.earned), spent: -BigInt(totals.spent), burnt: -BigInt(totals.burnt) },
      newer: query['after'] ? pathOf(choice) : null,
      older: more && last ? pathOf(choice, keyOf(last)) : null,
      csvPath: pathOf(choice, null, '/cabinet/points/statement.csv'),
    };
  }
}

function choicesOf(
  choice: StatementChoice,
  today: string,
  language: Language,
): Pick<StatementPage, 'kinds' | 'spans' | 'choice' | 'today' | 'chosen'> {
  const kinds = [null, ...OPERATION_KINDS].map((kind) => ({
    name: text(language, `cabinet:kinds.${kind ?? 'all'}`),
    path: pathOf({ ...choice, kind }),
    current: choice.kind === kind,
  }));
  const spans = usualSpans(today).map(({ name, from, to }) => ({
    name: text(language, `cabinet:periods.${name}`),
    path: pathOf({ ...choice, from, to }),
    current: choice.from === from && choice.to === to,
  }));
  return { kinds, spans, choice, today, chosen: Boolean(choice.kind || choice.from || choice.to) };
}

/** `За всё время`, `За месяц`, `с 1 мая по 9 мая`. */
function spanName({ from, to }: StatementChoice, { language, zone, now }: DateOptions): string {
  const usual = usualSpans(dayOf(now, zone)).find((span) => span.from === from && span.to === to);
  if (usual) return text(language, `cabinet:periods.${usual.name}`);
  const said = (day: string | null): string | undefined =>
    day ? formatDate(new Date(`${day}T12:00:00Z`), { language, zone, now }) : undefined;
  return text(language, `cabinet:points.${from && to ? 'ownPeriod' : from ? 'since' : 'till'}`, {
    from: said(from),
    to: said(to),
  });
}
