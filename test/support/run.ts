import pg from 'pg';
import { migrate } from '../../src/infra/database/migrations.js';
import { startPostgres } from './postgres.js';

export interface TestRun {
  stop(): Promise<void>;
}

/**
 * One PostgreSQL for the whole run and in it one migrated template, which every test file clones.
 * TEST_DATABASE_URL (a superuser's) puts the run on an outside server instead.
 */
export async function startRun(): Promise<TestRun> {
  const outside = process.env.TEST_DATABASE_URL;
  const server = outside ? { url: outside, stop: async () => undefined } : await startPostgres();
  const template = `test_template_${process.pid}_${Date.now().toString(36)}`;
  try {
    await on(server.url, (sql) => sql.query(`create database ${template}`));
    await migrate(urlOf(server.url, template));
    await on(server.url, (sql) => sql.query(`alter database ${template} is_template true allow_connections false`));
  } catch (error) {
    await server.stop();
    throw error;
  }
  // Jest's workers are started later and inherit these.
  process.env.TEST_SERVER_URL = server.url;
  process.env.TEST_TEMPLATE = template;
  return {
    async stop() {
      if (outside) {
        await on(server.url, async (sql) => {
          await sql.query(`alter database ${template} is_template false`);
          await sql.query(`drop database ${template} with (force)`);
        });
      }
      await server.stop();
    },
  };
}

export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

export async function on<T>(url: string, work: (sql: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
