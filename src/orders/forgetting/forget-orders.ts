import type { Sql } from '../../infra/database/sql.js';
import { text } from '../../infra/i18n/texts.js';

/** Nobody's number, of no country. */
const NO_PHONE = '+99900000000';

/** Takes out of orders what people typed and what was written about them; that there were orders stays. */
export async function forgetOrders(sql: Sql, ids: readonly string[], at: Date): Promise<void> {
  await sql.query(
    `update sim_order set name = $2, company = null, phone = $3, email = null, wanted_number = null, comment = null,
       used_by = null, address = case when address is not null then $2 end, link_id = null, forgotten_at = $4
     where id = any($1)`,
    [ids, text('ru', 'deletion:desk.erased'), NO_PHONE, at],
  );
  await sql.query('delete from sim_order_link where order_id = any($1)', [ids]);
  await sql.query(
    `update sim_order_event set comment = null, reason = null
     where order_id = any($1) and (comment is not null or reason is not null)`,
    [ids],
  );
}
