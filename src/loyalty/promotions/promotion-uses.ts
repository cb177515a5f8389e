import type { Sql } from '../../infra/database/sql.js';

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
