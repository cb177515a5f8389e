import type { INestApplication } from '@nestjs/common';
import { createApp } from '../app.js';
import { Invitations } from '../auth/staff/invitations.service.js';
import type { Config } from '../infra/config/config.js';
import { migrate } from '../infra/database/migrations.js';
import { EmbeddedServer } from '../infra/embedded/embedded-server.js';
import { BooksProof } from '../ledger/books-proof.service.js';
import { SYSTEM } from '../shared/actor.js';
import { StartFault } from './start-fault.js';

/** Brings the database to the newest schema. */
export async function migrateOnly(config: Config): Promise<number> {
  return onDatabase(config, async ({ databaseUrl }) => {
    const applied = await migrate(databaseUrl);
    print(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The schema is up to date.');
    return 0;
  });
}

/** Proves the books; 1 and the offending rows where they do not balance. */
export async function verify(config: Config): Promise<number> {
  return onApp(config, async (app) => {
    const findings = await app.get(BooksProof, { strict: false }).prove();
    for (const { rule, row } of findings) print(`${rule}: ${JSON.stringify(row)}`);
    print(findings.length > 0 ? 'The ledger does not balance.' : 'The ledger balances.');
    return findings.length > 0 ? 1 : 0;
  });
}

/** Prints the link by which the first administrator of an installation comes in. */
export async function admin(config: Config, [email]: string[]): Promise<number> {
  if (!email || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new StartFault('Whom? npm run admin -- name@company.ru');
  }
  return onApp(config, async (app) => {
    const invitations = app.get(Invitations, { strict: false });
    print(await invitations.invite({ email, role: 'admin' }, SYSTEM));
    return 0;
  });
}

async function onApp(config: Config, work: (app: INestApplication) => Promise<number>): Promise<number> {
  return onDatabase(config, async (ready) => {
    await migrate(ready.databaseUrl);
    const app = await createApp(ready);
    try {
      await app.init();
      return await work(app);
    } finally {
      await app.close();
    }
  });
}

/** Short commands work beside a running copy: they join its embedded server instead of starting one. */
async function onDatabase(config: Config, work: (config: Config) => Promise<number>): Promise<number> {
  if (!config.embedded) return work(config);
  const server = await EmbeddedServer.join(config.dataDir);
  try {
    return await work(config.with({ databaseUrl: server.url }));
  } finally {
    await server.stop();
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
