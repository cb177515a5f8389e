import { CHANGED_BIRTH_DATE_DAYS } from '../../customers/birth-date.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Buyer, type PromotionRule, STRANGER, type Used } from './promotion-rule.js';

/** What has to be read before these promotions can judge; nothing else is. */
export interface Needs {
  rationed: string[];
  segments: string[];
  birthdays: boolean;
  firstPurchases: boolean;
}

export function needsOf(rules: readonly PromotionRule[]): Needs {
  return {
    rationed: rules.filter((rule) => rule.isRationed).map(({ id }) => id),
    segments: [...new Set(rules.flatMap(({ terms }) => terms.segmentId ?? []))],
    birthdays: rules.some(({ terms }) => terms.birthdayDays !== null),
    firstPurchases: rules.some(({ terms }) => terms.firstPurchase),
  };
}

/** Of the accounts of one batch; earlier purchases of the batch are added as they are posted. */
export class PromotionFacts {
  private readonly used = new Map<string, bigint>();
  private readonly last = new Map<string, string>();

  constructor(private readonly buyers: Map<string, Buyer>) {}

  buyer(accountId: string): Buyer {
    return this.buyers.get(accountId) ?? STRANGER;
  }

  usedOn(promotionId: string, accountId: string, day: string): Used {
    return {
      onDayHundredths: this.used.get(`${promotionId} ${accountId} ${day}`) ?? 0n,
      inAllHundredths: this.used.get(`${promotionId} ${accountId}`) ?? 0n,
      daysSinceLast: daysBetween(day, this.last.get(`${promotionId} ${accountId}`)),
    };
  }

  /** A day of null is some day of long ago. */
  use(promotionId: string, accountId: string, day: string | null, hundredths: bigint): void {
    const keys = [`${promotionId} ${accountId}`, ...(day === null ? [] : [`${promotionId} ${accountId} ${day}`])];
    for (const key of keys) this.used.set(key, (this.used.get(key) ?? 0n) + hundredths);
    if (day !== null && hundredths > 0n) this.gave(promotionId, accountId, day);
  }

  /** A day on which it gave something; the last one counts. */
  gave(promotionId: string, accountId: string, day: string): void {
    const key = `${promotionId} ${accountId}`;
    if (day > (this.last.get(key) ?? '')) this.last.set(key, day);
  }

  bought(accountId: string): void {
    const buyer = this.buyers.get(accountId);
    if (buyer) this.buyers.set(accountId, { ...buyer, firstPurchase: false });
  }
}

function daysBetween(day: string, last: string | undefined): number | null {
  return last === undefined ? null : Math.abs(Date.parse(day) - Date.parse(last)) / 86_400_000;
}

interface UseRow {
  promotion_id: string;
  day: string | null;
  points: string;
  last_day: string | null;
}

interface FactsRow {
  account_id: string;
  birth_date: string | null;
  birth_date_from: string | null;
  segments: string[];
  newcomer: boolean;
  uses: UseRow[] | null;
}

const USES = `
  select json_agg(used) from (
    select promotion_id, case when day >= $3::date then day end as day, sum(points_hundredths)::text as points,
           max(day) filter (where points_hundredths > 0) as last_day
    from promotion_use where promotion_id = any($2) and account_id = a
    group by 1, 2) used`;

const IS_NEWCOMER = `
  not exists (select from card c join purchase p on p.card_number = c.number
              where c.account_id = a and p.state = 'confirmed')`;

/** Of everything only what is needed is looked at; days before $3 are only summed. */
const READ = `
  select a as account_id, o.birth_date::text,
         (o.birth_date_changed_on + ${CHANGED_BIRTH_DATE_DAYS})::text as birth_date_from,
         array(select m.segment_id::text from segment_member m
               where m.customer_id = o.id and m.segment_id = any($4)) as segments,
         case when $5 then ${IS_NEWCOMER} else false end as newcomer,
         case when cardinality($2::uuid[]) > 0 then (${USES}) end as uses
  from unnest($1::uuid[]) a left join customer o on o.points_account_id = a`;

/** What has to be known of the accounts, in one statement; nothing is asked where promotions need nothing. */
export async function readFacts(
  sql: Sql,
  { rationed, segments, birthdays, firstPurchases }: Needs,
  accountIds: readonly string[],
  since: string,
): Promise<PromotionFacts> {
  const needed = rationed.length > 0 || segments.length > 0 || birthdays || firstPurchases;
  const rows = needed ? await sql.query<FactsRow>(READ, [accountIds, rationed, since, segments, firstPurchases]) : [];
  const facts = new PromotionFacts(new Map(rows.map((row) => [row.account_id, buyerIn(row)])));
  for (const { account_id, uses } of rows) {
    for (const { promotion_id, day, points, last_day } of uses ?? []) {
      facts.use(promotion_id, account_id, day, BigInt(points));
      if (last_day !== null) facts.gave(promotion_id, account_id, last_day);
    }
  }
  return facts;
}

function buyerIn({ birth_date, birth_date_from, segments, newcomer }: FactsRow): Buyer {
  return {
    birthDate: birth_date,
    birthDateFrom: birth_date_from,
    segments: new Set(segments),
    firstPurchase: newcomer,
  };
}
