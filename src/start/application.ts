import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../app.js';
import type { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import { isMigrated, migrate } from '../infra/database/migrations.js';
import { StartFault } from './start-fault.js';

/** The application on a database with the newest schema, initialised but not listening. */
export async function bringUp(config: Config, closers: (() => Promise<void>)[]): Promise<NestExpressApplication> {
  if (config.role === 'all') await migrate(config.databaseUrl);
  const app = await createApp(config);
  closers.push(() => app.close());
  if (config.role !== 'all') await refuseOldSchema(app.get(Database));
  await app.init();
  return app;
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
