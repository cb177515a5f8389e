import pg from 'pg';
import { keptSecret } from '../config/secret.js';
import type { Postmaster } from './postmaster.js';

const DATABASE = 'smartcard';

export function urlOf(postmaster: Postmaster, data: string, dataDir: string, database = DATABASE): string {
  if (postmaster.address === '') {
    return `postgres://postgres@localhost/${database}?host=${encodeURIComponent(data)}&port=${postmaster.port}`;
  }
  const password = keptSecret(dataDir, 'postgres-password');
  return `postgres://postgres:${password}@${postmaster.address}:${postmaster.port}/${database}`;
}

export async function answers(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query('select 1'));
    return true;
  } catch {
    return false;
  }
}

export async function createDatabase(url: string): Promise<void> {
  const home = url.replace(`/${DATABASE}`, '/postgres');
  await withClient(home, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
