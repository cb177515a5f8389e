import type { Sql } from './sql.js';

interface Table {
  columns: readonly string[];
  rows: Record<string, unknown>[];
}

/**
 * Rows that several rooms want written in one round trip and one statement.
 *
 * Every table becomes `insert … select … from json_populate_recordset`, every update a CTE of its own; foreign keys
 * between them are checked at the end of the statement, so their order does not matter. The text depends on the names
 * of tables alone, so that PostgreSQL plans it once.
 */
export class WriteSet {
  private readonly inserts = new Map<string, Table>();
  private readonly updates = new Map<string, { statement: string; rows: Record<string, unknown>[] }>();

  insert(table: string, columns: readonly string[], row: Record<string, unknown>): void {
    const known = this.inserts.get(table) ?? { columns, rows: [] };
    known.rows.push(plain(row));
    this.inserts.set(table, known);
  }

  /** `statement` reads its rows from `json_populate_recordset(null::<table>, $rows)`. */
  update(table: string, statement: string, row: Record<string, unknown>): void {
    const known = this.updates.get(table) ?? { statement, rows: [] };
    known.rows.push(plain(row));
    this.updates.set(table, known);
  }

  async flush(sql: Sql): Promise<void> {
    const parts: string[] = [];
    const params: string[] = [];
    for (const [table, { columns, rows }] of this.inserts) {
      params.push(JSON.stringify(rows));
      const names = columns.join(', ');
      parts.push(
        `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $${params.length})`,
      );
    }
    for (const { statement, rows } of this.updates.values()) {
      params.push(JSON.stringify(rows));
      parts.push(statement.replace('$rows', `$${params.length}`));
    }
    this.inserts.clear();
    this.updates.clear();
    if (parts.length > 0) {
      await sql.query(`with ${parts.map((part, index) => `w${index} as (${part})`).join(', ')} select`, params);
    }
  }
}

/** JSON knows no bigints. To make text of them here costs far less than a function that is asked about every value. */
function plain(row: Record<string, unknown>): Record<string, unknown> {
  for (const name in row) {
    if (typeof row[name] === 'bigint') row[name] = row[name].toString();
  }
  return row;
}
