import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';

/** The story is told in one transaction: what clerks write in theirs is written in it. */
export class StoryDatabase extends Database {
  constructor(private readonly sql: Sql) {
    // No connections of its own.
    super(undefined as never);
  }

  override query<Row = Record<string, unknown>>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.sql.query<Row>(text, params);
  }

  override transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return work(this.sql);
  }
}
