import { CHANGED_BIRTH_DATE_DAYS } from '../../customers/birth-date.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Buyer, PromotionRule, Used } from './promotion-rule.js';

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
    return this.buyers.get(accountId) ?? { birthDate: null, segments: new Set(), firstPurchase: false };
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
  account_id: string;
  promotion_id: string;
  day: string | null;
  points: string;
  last_day: string | null;
}

interface BuyerRow {
  account_id: string;
  birth_date: string | null;
  birth_date_from: string | null;
  segments: string[];
}

/** What a card earned before its activation counts for whoever activated it. */
const USES = `
  with holder (account_id, used_by) as (
    select a, a from unnest($1::uuid[]) a
    union all
    select o.points_account_id, v.moved_from_account_id
    from customer o join activation v on v.customer_id = o.id
    where o.points_account_id = any($1) and v.moved_from_account_id is not null)
  select h.account_id, u.promotion_id, case when u.day >= $3::date then u.day::text end as day,
         sum(u.points_hundredths)::text as points,
         (max(u.day) filter (where u.points_hundredths > 0))::text as last_day
  from holder h join promotion_use u on u.account_id = h.used_by and u.promotion_id = any($2)
  group by 1, 2, 3`;

const BUYERS = `
  select o.points_account_id as account_id, o.birth_date::text,
         (o.birth_date_changed_on + ${CHANGED_BIRTH_DATE_DAYS})::text as birth_date_from,
         array(select m.segment_id::text from segment_member m
               where m.customer_id = o.id and m.segment_id = any($2)) as segments
  from customer o where o.points_account_id = any($1)`;

const NEWCOMERS = `
  select a as account_id from unnest($1::uuid[]) a
  where not exists (select from card c join purchase p on p.card_number = c.number
                    where c.account_id = a and p.state = 'confirmed')`;

/** Everything is asked at once, so that it travels together; days before `since` are only summed. */
export async function readFacts(
  sql: Sql,
  needs: Needs,
  accountIds: readonly string[],
  since: string,
): Promise<PromotionFacts> {
  const [uses, people, newcomers] = await Promise.all([
    needs.rationed.length === 0 ? [] : sql.query<UseRow>(USES, [accountIds, needs.rationed, since]),
    needs.segments.length === 0 && !needs.birthdays ? [] : sql.query<BuyerRow>(BUYERS, [accountIds, needs.segments]),
    needs.firstPurchases ? sql.query<{ account_id: string }>(NEWCOMERS, [accountIds]) : [],
  ]);
  const fresh = new Set(newcomers.map(({ account_id }) => account_id));
  const known = new Map(people.map((row) => [row.account_id, row]));
  const facts = new PromotionFacts(
    new Map(
      accountIds.map((id) => {
        const person = known.get(id);
        const segments = new Set(person?.segments);
        const birth = { birthDate: person?.birth_date ?? null, birthDateFrom: person?.birth_date_from ?? null };
        return [id, { ...birth, segments, firstPurchase: fresh.has(id) }];
      }),
    ),
  );
  for (const { account_id, promotion_id, day, points, last_day } of uses) {
    facts.use(promotion_id, account_id, day, BigInt(points));
    if (last_day !== null) facts.gave(promotion_id, account_id, last_day);
  }
  return facts;
}
