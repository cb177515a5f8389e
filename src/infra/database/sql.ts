/**
 * Plain SQL on one connection or on the pool. Timestamps and dates come back as PostgreSQL writes them, bigints as
 * strings of digits: nothing is rounded on the way.
 *
 * On one connection statements run in the order in which they were asked for. One that does not need the answer of the
 * one before is asked without waiting for it, and both travel together.
 */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}
