import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { eventually } from './eventually.js';
import { on, urlOf } from './run.js';

export interface TestDatabase {
  readonly url: string;
  /** Plain SQL on the clone, for what a test must arrange or see behind the product's back. */
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** A clone of the migrated template; takes some 50 ms. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_SERVER_URL;
  const template = process.env.TEST_TEMPLATE;
  if (!server || !template) throw new Error('no test run: start tests with `npm test`');
  const name = `test_${process.env.JEST_WORKER_ID ?? '0'}_${randomBytes(6).toString('hex')}`;
  await on(server, (sql) => sql.query(`create database ${name} template ${template}`));
  const url = urlOf(server, name);
  const database = openDatabase(url);
  return {
    ...database,
    async drop() {
      await database.drop();
      await on(server, async (sql) => {
        await eventually(() => sql.query(`drop database ${name}`), 5_000).catch(async (error: unknown) => {
          await sql.query(`drop database ${name} with (force)`);
          throw new Error('somebody still uses the database', { cause: error });
        });
      });
    },
  };
}

/** A database of somebody else's: `drop` only lets go of it. */
export function openDatabase(url: string): TestDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined);
  return {
    url,
    async query<Row>(text: string, params: readonly unknown[] = []) {
      const result = await pool.query(text, [...params]);
      return result.rows as Row[];
    },
    drop: () => pool.end(),
  };
}

/** One clone for the test file (or the `describe`) that calls this; read it inside hooks and tests only. */
export function useDatabase(): TestDatabase {
  let database: TestDatabase | undefined;
  const opened = (): TestDatabase => {
    if (!database) throw new Error('the database is there from beforeAll on');
    return database;
  };
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(async () => {
    await database?.drop();
  });
  return {
    get url() {
      return opened().url;
    },
    query: (text, params) => opened().query(text, params),
    drop: () => opened().drop(),
  };
}
