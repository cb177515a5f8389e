/**
 * Plain SQL on one connection or on the pool. Timestamps and dates come back as PostgreSQL writes them, bigints as
 * strings of digits: nothing is rounded on the way.
 */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}
