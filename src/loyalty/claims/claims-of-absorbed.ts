import type { Sql } from '../../infra/database/sql.js';

/** Claims that wait go to the survivor of a merge, who may not wait twice for one receipt. */
export async function moveWaitingClaims(sql: Sql, fromCustomerId: string, toCustomerId: string): Promise<void> {
  await sql.query(
    `update receipt_claim c set customer_id = $2
     where customer_id = $1 and state in ('waiting', 'review') and not exists (
       select from receipt_claim other
       where other.customer_id = $2 and other.state in ('waiting', 'review', 'credited')
         and (other.fiscal_storage, other.fiscal_document, other.fiscal_sign)
           = (c.fiscal_storage, c.fiscal_document, c.fiscal_sign))`,
    [fromCustomerId, toCustomerId],
  );
}
