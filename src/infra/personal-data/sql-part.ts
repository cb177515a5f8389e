import type { Sql } from '../database/sql.js';
import type { DataPart, DataRow, Person } from './personal-data.js';

const ROWS_A_READ = 500;

/**
 * A part that one statement reads in portions: `$1` are the person's ids, `$2` the last portion's last `key` (null at first);
 * it yields `key` and, as JSON, `row`, in the key's order and without a limit.
 */
export function sqlPart(sql: Sql, name: string, statement: string): DataPart {
  return { name, rows: (person) => portions(sql, statement, person) };
}

async function* portions(sql: Sql, statement: string, { ids }: Person): AsyncGenerator<DataRow> {
  let after: string | null = null;
  for (;;) {
    const rows: { key: string; row: DataRow }[] = await sql.query(`${statement} limit ${ROWS_A_READ}`, [ids, after]);
    for (const { row } of rows) yield row;
    if (rows.length < ROWS_A_READ) return;
    after = rows.at(-1)!.key;
  }
}
