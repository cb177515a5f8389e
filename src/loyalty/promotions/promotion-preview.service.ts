import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { CHANGED_BIRTH_DATE_DAYS } from '../../customers/birth-date.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { Clock } from '../../shared/clock.js';
import type { Category } from '../../stations/category.js';
import { priceReceipt } from '../pricing.js';
import { localMoment } from './local-moment.js';
import { PromotionFacts } from './promotion-facts.js';
import { PromotionRule } from './promotion-rule.js';
import type { PromotionTerms } from './promotion-terms.js';

export interface PromotionPreview {
  from: Date;
  until: Date;
  /** All that were looked at, and those that would have earned by it. */
  receipts: number;
  rewarded: number;
  customers: number;
  pointsHundredths: bigint;
  /** What all of them paid, to see the cost beside it. */
  paidKopecks: bigint;
  stations: { id: string; receipts: number; pointsHundredths: bigint }[];
  /** Whether there were more receipts than are looked at. */
  shortened: boolean;
}

interface ReceiptRow {
  id: string;
  station_id: string;
  time_zone: string;
  account_id: string;
  occurred_at: string;
  birth_date: string | null;
  birth_date_from: string | null;
  segment: boolean;
  first: boolean;
  lines: { category: Category; sum: string; discount: string }[];
}

const DAYS = 30;
const MOST_RECEIPTS = 50_000;
const AT_ONCE = 2_000;
const TOP_STATIONS = 5;

/** By pages of (time, id), so that a month of a chain neither fills the memory nor holds a statement for long. */
const READ = `
  select p.id, p.station_id, s.time_zone, c.account_id, p.occurred_at, o.birth_date::text,
         (o.birth_date_changed_on + ${CHANGED_BIRTH_DATE_DAYS})::text as birth_date_from,
         exists (select from segment_member m where m.segment_id = $5 and m.customer_id = c.customer_id) as segment,
         $6 and not exists (select from card k join purchase q on q.card_number = k.number
                            where k.account_id = c.account_id and q.state = 'confirmed'
                              and (q.occurred_at, q.id) < (p.occurred_at, p.id)) as first,
         (select json_agg(json_build_object('category', l.category, 'sum', l.sum_kopecks::text,
                                            'discount', l.discount_kopecks::text) order by l.index)
          from purchase_line l where l.purchase_id = p.id) as lines
  from purchase p join station s on s.id = p.station_id join card c on c.number = p.card_number
       left join customer o on o.id = c.customer_id
  where (p.occurred_at, p.id) > ($1, $2) and p.occurred_at <= $3 and p.state = 'confirmed'
  order by p.occurred_at, p.id limit $4`;

/** What a promotion alone would have given on the purchases of the last thirty days (product B6). Changes nothing. */
@Injectable()
export class PromotionPreviews {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Dates are left out: what counts is how people shop. Looks at the newest 50,000 receipts at most. */
  async tryOut(terms: PromotionTerms): Promise<PromotionPreview> {
    const until = this.clock.now();
    const { from, shortened } = await this.spanUntil(until);
    const trial = new Trial({ ...terms, firstDay: null, lastDay: null }, this.config);
    let [at, id] = [from.toISOString(), '00000000-0000-0000-0000-000000000000'];
    for (;;) {
      const page = [at, id, until, AT_ONCE, terms.segmentId, terms.firstPurchase];
      const rows = await this.database.query<ReceiptRow>(READ, page);
      rows.forEach((row) => trial.judge(row));
      const last = rows.at(-1);
      if (!last || rows.length < AT_ONCE) break;
      [at, id] = [last.occurred_at, last.id];
    }
    return { from, until, shortened, ...trial.result() };
  }

  private async spanUntil(until: Date): Promise<{ from: Date; shortened: boolean }> {
    const from = DateTime.fromJSDate(until).minus({ days: DAYS }).toJSDate();
    const [cut] = await this.database.query<{ occurred_at: string }>(
      `select occurred_at from purchase where occurred_at >= $1 and occurred_at <= $2
       order by occurred_at desc offset ${MOST_RECEIPTS} limit 1`,
      [from, until],
    );
    return cut ? { from: new Date(cut.occurred_at), shortened: true } : { from, shortened: false };
  }
}

/** One run over receipts in their order, with the caps counted as a till would have. */
class Trial {
  private readonly rule: PromotionRule;
  private readonly facts = new PromotionFacts(new Map());
  private readonly stations = new Map<string, { receipts: number; pointsHundredths: bigint }>();
  private readonly accounts = new Set<string>();
  private receipts = 0;
  private paidKopecks = 0n;

  constructor(terms: PromotionTerms, config: Config) {
    this.rule = new PromotionRule({ id: 'trial', number: 0, terms }, config.programme);
  }

  judge(row: ReceiptRow): void {
    this.receipts++;
    const at = new Date(row.occurred_at);
    const moment = localMoment(at, row.time_zone);
    const segments = new Set(row.segment && this.rule.terms.segmentId ? [this.rule.terms.segmentId] : []);
    const birth = { birthDate: row.birth_date, birthDateFrom: row.birth_date_from };
    const buyer = { ...birth, segments, firstPurchase: row.first };
    if (!this.rule.suits({ stationId: row.station_id, moment, buyer })) return;
    const lines = row.lines.map(({ category, sum, discount }) => ({
      category,
      sumKopecks: BigInt(sum) - BigInt(discount),
    }));
    const used = this.facts.usedOn('trial', row.account_id, moment.day);
    const facts = { occurredAt: at, stationId: row.station_id, customerId: null };
    const points = priceReceipt(lines, 0n, [this.rule.ruleFor(used)], facts).earnedHundredths;
    if (points === 0n) return;
    this.facts.use('trial', row.account_id, moment.day, points);
    this.count(row, points);
    this.paidKopecks += lines.reduce((sum, { sumKopecks }) => sum + sumKopecks, 0n);
  }

  result(): Omit<PromotionPreview, 'from' | 'until' | 'shortened'> {
    const stations = [...this.stations].map(([id, sums]) => ({ id, ...sums }));
    return {
      receipts: this.receipts,
      rewarded: stations.reduce((sum, { receipts }) => sum + receipts, 0),
      customers: this.accounts.size,
      pointsHundredths: stations.reduce((sum, { pointsHundredths }) => sum + pointsHundredths, 0n),
      paidKopecks: this.paidKopecks,
      stations: stations
        .sort((one, other) => (one.pointsHundredths < other.pointsHundredths ? 1 : -1))
        .slice(0, TOP_STATIONS),
    };
  }

  private count({ account_id, station_id }: ReceiptRow, points: bigint): void {
    const known = this.stations.get(station_id) ?? { receipts: 0, pointsHundredths: 0n };
    this.stations.set(station_id, {
      receipts: known.receipts + 1,
      pointsHundredths: known.pointsHundredths + points,
    });
    this.accounts.add(account_id);
  }
}
