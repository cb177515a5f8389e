import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Readiness } from '../../src/infra/health/readiness.js';
import { Database, sqlOf } from '../../src/infra/database/database.js';
import { useApp } from '../support/app.js';

const TOKEN = 'scrape-me-if-you-can';
const app = useApp({ env: { METRICS_TOKEN: TOKEN } });

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${app.url}${path}`, { headers });

test('a request keeps the id it came with, if it is a sane one', async () => {
  expect((await get('/healthz', { 'X-Request-Id': 'till-7.0042' })).headers.get('x-request-id')).toBe('till-7.0042');
  for (const odd of ['short', 'with spaces in it', 'x'.repeat(65)]) {
    const id = (await get('/healthz', { 'X-Request-Id': odd })).headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('metrics are for this machine and for who has the token', async () => {
  await get('/healthz');
  const local = await get('/metrics');
  expect(local.status).toBe(200);
  expect(await local.text()).toContain(
    'http_request_duration_seconds_count{method="GET",route="/healthz",status="200"}',
  );
  const proxied = { 'X-Forwarded-For': '203.0.113.7' };
  expect((await get('/metrics', proxied)).status).toBe(404);
  expect((await get('/metrics', { ...proxied, Authorization: 'Bearer wrong' })).status).toBe(404);
  expect((await get('/metrics', { ...proxied, Authorization: `Bearer ${TOKEN}` })).status).toBe(200);
});

test('a path that is made of ids makes one series, and an unknown one none of its own', async () => {
  await get('/nowhere/79210001201');
  const text = await (await get('/metrics')).text();
  expect(text).toContain('route="none"');
  expect(text).not.toContain('79210001201');
});

test('a transaction is all or nothing, joins the ORM’s, and may be allowed more time', async () => {
  const database = app.get(Database);
  const add = `insert into rate_limit (key, points) values ($1, 1)`;
  await expect(
    database.transaction(async (sql) => {
      await sql.query(add, ['one']);
      await sql.query('select 1 / 0');
    }),
  ).rejects.toThrow('division by zero');
  await expect(
    app
      .get(MikroORM)
      .em.fork()
      .transactional(async (em: EntityManager) => {
        await sqlOf(em).query(add, ['two']);
        throw new Error('no');
      }),
  ).rejects.toThrow('no');
  expect(await database.query('select key from rate_limit')).toEqual([]);
  await database.transaction(
    async (sql) => {
      expect(await sql.query('show statement_timeout')).toEqual([{ statement_timeout: '1min' }]);
    },
    { statementTimeoutMs: 60_000 },
  );
  expect(await database.query('show statement_timeout')).toEqual([{ statement_timeout: '5s' }]);
  expect(await database.query('show lock_timeout')).toEqual([{ lock_timeout: '2s' }]);
});

test('a process that is about to stop is not ready, but alive', async () => {
  expect((await get('/readyz')).status).toBe(200);
  app.get(Readiness).stop();
  expect((await get('/readyz')).status).toBe(503);
  expect((await get('/healthz')).status).toBe(200);
});
