import type { Sql } from '../../infra/database/sql.js';
import type { WriteSet } from '../../infra/database/write-set.js';

/** Points of one rule that a refund takes back, hundredths. */
export interface UseTakenBack {
  purchaseId: string;
  /** The account that the card's points are on now. */
  accountId: string;
  /** `promo-7`; of other rules nothing is counted. */
  code: string;
  pointsHundredths: bigint;
  /** Whether nothing of what the rule gave for the purchase is left. */
  isRest: boolean;
}

/**
 * The use stands where the purchase was registered, or where a merge moved it; a purchase confirmed after its card's
 * activation was counted on the customer's account. Caps count all of them together.
 */
const TAKE_BACK = `
  update promotion_use u set points_hundredths = u.points_hundredths - t.points, receipts = u.receipts - t.receipts
  from json_to_recordset($rows) t (purchase_id uuid, account_id uuid, code text, points bigint, receipts integer)
  join purchase p on p.id = t.purchase_id
  join station s on s.id = p.station_id
  join promotion m on t.code = 'promo-' || m.number
  cross join lateral (
    select x.account_id, x.day from promotion_use x
    where x.promotion_id = m.id and x.account_id in (p.account_id, t.account_id)
      and x.day = (p.occurred_at at time zone s.time_zone)::date
      and x.points_hundredths >= t.points and x.receipts >= t.receipts
    order by x.account_id = p.account_id desc limit 1) place
  where u.promotion_id = m.id and u.account_id = place.account_id and u.day = place.day`;

/** Gives room under the caps back, on the purchase's own day. To be written with the refund, under the account's lock. */
export function takeUseBack(taken: UseTakenBack, writes: WriteSet): void {
  writes.update('promotion_use taken back', TAKE_BACK, {
    ...{ purchase_id: taken.purchaseId, account_id: taken.accountId, code: taken.code },
    ...{ points: taken.pointsHundredths, receipts: taken.isRest ? 1 : 0 },
  });
}

/** What promotions gave on one account counts towards the caps of another from here on. Both are locked by the caller. */
export async function moveUses(sql: Sql, fromAccountId: string, toAccountId: string): Promise<void> {
  await sql.query(
    `with gone as (delete from promotion_use where account_id = $1 returning *)
     insert into promotion_use (promotion_id, account_id, day, points_hundredths, receipts)
       select promotion_id, $2, day, points_hundredths, receipts from gone
     on conflict (account_id, promotion_id, day) do update set
       points_hundredths = promotion_use.points_hundredths + excluded.points_hundredths,
       receipts = promotion_use.receipts + excluded.receipts`,
    [fromAccountId, toAccountId],
  );
}
