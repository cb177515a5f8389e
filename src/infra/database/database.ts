import { type EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { prepared } from './prepared.js';
import type { Sql } from './sql.js';

export interface TransactionOptions {
  /** For jobs: how long one statement may take, where the 5 s of a request are too short. */
  statementTimeoutMs?: number;
}

const TRANSACTION_ABORTED = '25P02';

/** The process's own connections, for what is better said in SQL than in entities. */
export class Database implements Sql {
  constructor(readonly pool: Pool) {}

  async query<Row = Record<string, unknown>>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.pool.query<Row & object>(prepared(text, params));
    return rows;
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      const begun = client.query({ name: 'begin', text: 'begin' });
      // It travels with the first statement, and is waited for in the end.
      begun.catch(() => undefined);
      const sql = new Statements(client);
      if (options.statementTimeoutMs !== undefined) await allowLonger(sql, options.statementTimeoutMs);
      const result = await work(sql);
      const committed = client.query('commit');
      await begun;
      if ((await committed).command !== 'COMMIT') throw sql.fault ?? new Error('the transaction was rolled back');
      return result;
    } catch (error) {
      // A connection that cannot even roll back is not given to anyone else.
      await client.query('rollback').catch((reason: Error) => (broken = reason));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** Those of one transaction. */
class Statements implements Sql {
  /** What made the transaction fail; the server rolls back then, whatever it is asked for. */
  fault: Error | undefined;

  constructor(private readonly client: PoolClient) {}

  async query<Row = Record<string, unknown>>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    try {
      const { rows } = await this.client.query<Row & object>(prepared(text, params));
      return rows;
    } catch (error) {
      // What was asked behind a statement that failed fails only because of it.
      const behind = (error as { code?: string }).code === TRANSACTION_ABORTED;
      throw behind ? (this.fault ?? error) : (this.fault = error as Error);
    }
  }
}

/** Lets the statements of this transaction take longer than a request's may. */
export async function allowLonger(sql: Sql, milliseconds: number): Promise<void> {
  await sql.query(`select set_config('statement_timeout', $1, true)`, [String(milliseconds)]);
}

/** Plain SQL in the transaction the entity manager is in; outside of one, on any connection of its pool. */
export function sqlOf(em: EntityManager): Sql {
  return {
    async query<Row>(text: string, params: readonly unknown[] = []) {
      const result = await em.getKysely().executeQuery<Row>(CompiledQuery.raw(text, [...params]));
      return result.rows;
    },
  };
}
