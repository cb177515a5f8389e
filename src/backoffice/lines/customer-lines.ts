import type { Sql } from '../../infra/database/sql.js';
import type { LineState } from '../../lines/line-state.js';
import { maskedPhone } from '../masked-phone.js';
import { lineTag } from './line-views.js';

interface Row {
  id: string;
  number: string;
  state: LineState;
  used_by: string | null;
  operator: string;
  tariff: string;
}

const MOST = 20;

/** A customer's numbers on their page, live ones first; at most twenty. */
export async function linesOf(sql: Sql, customerId: string): Promise<object[]> {
  const rows = await sql.query<Row>(
    `select l.id, l.number, l.state, l.used_by, o.name as operator, v.name as tariff
     from line l join operator o on o.id = l.operator_id join tariff_version v on v.id = l.tariff_version_id
     where l.customer_id = $1 order by l.state = 'ended', l.opened_at, l.id limit ${MOST}`,
    [customerId],
  );
  return rows.map(({ number, ...row }) => ({ ...row, maskedPhone: maskedPhone(number), tag: lineTag(row.state) }));
}
