import type { Sql } from '../infra/database/sql.js';
import type { ViewerKind } from '../infra/web/viewer.js';

/** Ends somebody's sessions, but for the one they are using. */
export async function closeSessions(sql: Sql, kind: ViewerKind, id: string, except = ''): Promise<void> {
  await sql.query(`delete from ${kind}_session where sess->>'ownerId' = $1 and sid <> $2`, [id, except]);
}
