import type { Sql } from '../../infra/database/sql.js';
import type { EsiaState } from '../esia/esia.js';
import { LineNotFound, LineStateForbids } from '../lines.errors.js';
import type { LockedLine } from '../line-rows.js';
import type { KnownUser, UserKind } from './line-user.js';

/** A customer's line with who uses it, locked. */
export interface CompanyLine extends LockedLine {
  user_kind: UserKind | null;
  user_note: string | null;
  esia_state: EsiaState;
  /** `2026-12-09`, until the user is confirmed. */
  esia_due_on: string | null;
}

const COLUMNS = `id, customer_id, operator_id, number, state, used_by, tariff_version_id, sim_id, user_kind, user_note, esia_state,
  esia_due_on::text`;

/** Throws LineNotFound, also for a line of somebody else, and LineStateForbids where it has ended. */
export async function lockCompanyLine(sql: Sql, customerId: string, lineId: string): Promise<CompanyLine> {
  const [line] = await sql.query<CompanyLine>(
    `select ${COLUMNS} from line where id = $1 and customer_id = $2 for update`,
    [lineId, customerId],
  );
  if (!line) throw new LineNotFound();
  if (line.state === 'ended') throw new LineStateForbids();
  return line;
}

export function userOf({ used_by: name, user_kind: kind, user_note: note }: CompanyLine): KnownUser {
  return { name, kind, note };
}
