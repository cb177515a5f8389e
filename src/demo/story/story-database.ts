import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';

/** For verbs that own their transaction: within the story all of them are one, which is told whole or not at all. */
export class StoryDatabase extends Database {
  constructor(private readonly sql: Sql) {
    super(undefined as never);
  }

  override query<Row = Record<string, unknown>>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.sql.query<Row>(text, params);
  }

  override transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return work(this.sql);
  }
}
