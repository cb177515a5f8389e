import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { type Constructor, MikroORM } from '@mikro-orm/postgresql';
import { runMigrations } from 'bullmq';
import pg from 'pg';
import { ROOT } from '../root.js';
import { ormOptions } from './orm-options.js';
import type { Sql } from './sql.js';

export const QUEUE_SCHEMA = 'bullmq';
const FOLDER = join(ROOT, 'migrations');
const TABLE = 'schema_migration';
/** Any number, so long as it is always the same: one process migrates, the others wait for it. */
const MIGRATION_LOCK = 7_274_501;

/** Brings a database to the newest schema; answers the names of what was applied. */
export async function migrate(url: string): Promise<string[]> {
  const session = new pg.Client({ connectionString: url, application_name: 'smartcard migrate' });
  session.on('error', () => undefined);
  await session.connect();
  try {
    await session.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await applyPending(url);
    await runMigrations(session, QUEUE_SCHEMA);
    return applied;
  } finally {
    await session.end();
  }
}

/** Whether every migration this build knows has been applied. */
export async function isMigrated(sql: Sql): Promise<boolean> {
  const names = migrationNames();
  const rows = await sql.query<{ name: string }>(`select name from ${TABLE} where name = any($1)`, [names]);
  return rows.length === names.length;
}

async function applyPending(url: string): Promise<string[]> {
  const orm = await MikroORM.init({
    ...ormOptions({ url, connections: 2, statementTimeoutMs: 0, lockTimeoutMs: 2_000 }),
    entities: [],
    extensions: [Migrator],
    logger: () => undefined,
    migrations: {
      tableName: TABLE,
      migrationsList: migrationNames().map((name) => ({ name, class: fromFile(name) })),
      allOrNothing: false,
      disableForeignKeys: false,
      snapshot: false,
    },
  });
  try {
    return (await orm.migrator.up()).map(({ name }) => name);
  } finally {
    await orm.close();
  }
}

function migrationNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort();
}

/** A migration is a file of SQL, in one transaction. */
function fromFile(name: string): Constructor<Migration> {
  return class extends Migration {
    override up(): void {
      this.addSql(readFileSync(join(FOLDER, `${name}.sql`), 'utf8'));
    }
  };
}
