import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from '@nestjs/common';
import { createApp } from '../app.js';
import type { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import { isMigrated, migrate } from '../infra/database/migrations.js';
import { Readiness } from '../infra/health/readiness.js';
import { StartHooks } from '../infra/start/start-hooks.js';
import { drain } from './drain.js';
import type { Closer } from './serve.js';
import { StartFault } from './start-fault.js';
import type { StopSignal } from './stop-signal.js';

/** The application on a database with the newest schema, taking requests. */
export async function bringUp(config: Config, signal: StopSignal, closers: Closer[]): Promise<void> {
  if (config.role === 'all') await migrate(config.databaseUrl);
  const app = await createApp(config);
  closers.push(() => app.close());
  if (config.role !== 'all') await refuseOldSchema(app.get(Database));
  await app.init();
  signal.check();
  const hooks = app.get(StartHooks);
  if (config.role === 'all') await hooks.beforeListening();
  signal.check();
  await app.listen(config.port, config.host);
  closers.push(() => drain(app.getHttpServer()));
  closers.push(async () => app.get(Readiness, { strict: false }).stop());
  new Logger('Start').log(`ready on ${config.host}:${config.port}`);
  if (config.role === 'all') announce(config, app, await hooks.banner());
}

async function refuseOldSchema(database: Database): Promise<void> {
  if (!(await isMigrated(database).catch(noTable))) {
    throw new StartFault(
      'The database lacks migrations. Run “npm run migrate” (in the image: node dist/main.js migrate).',
    );
  }
}

/** A database without the table of migrations has none; anything else is not about migrations. */
function noTable(error: { code?: string }): boolean {
  if (error.code === '42P01') return false;
  throw error as Error;
}

function announce(config: Config, app: NestExpressApplication, lines: readonly string[]): void {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = config.port === 0 ? `http://${config.host}:${port}` : config.publicUrl;
  const addresses = [
    `${config.brand.name}: ${url}`,
    `  cabinet      ${url}/cabinet`,
    `  back office  ${url}/admin`,
    `  POS API      ${url}/api/docs`,
  ];
  process.stdout.write(`\n${[...addresses, ...lines].join('\n')}\n\n`);
}
