import { Logger } from '@nestjs/common';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { defineConfig, type Options } from '@mikro-orm/postgresql';
import { GatheringSocket } from './gathering-socket.js';

export interface OrmSettings {
  url: string;
  connections: number;
  /** What one statement, and one wait for a lock, may take. */
  statementTimeoutMs: number;
  lockTimeoutMs: number;
}

/** How this application talks to PostgreSQL. The schema belongs to migrations/ alone; entities never touch it. */
export function ormOptions({ url, connections, statementTimeoutMs, lockTimeoutMs }: OrmSettings): Options {
  const logger = new Logger('Database');
  return defineConfig({
    dbName: decodeURIComponent(new URL(url).pathname.slice(1)),
    driverOptions: {
      connectionString: url,
      application_name: 'smartcard',
      statement_timeout: statementTimeoutMs,
      lock_timeout: lockTimeoutMs,
      idle_in_transaction_session_timeout: 10_000,
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
      // Statements that wait for no answer travel together.
      pipeline: true,
      stream: () => new GatheringSocket(),
    },
    pool: { min: 0, max: connections, idleTimeoutMillis: 30_000 },
    metadataProvider: ReflectMetadataProvider,
    metadataCache: { enabled: false },
    discovery: { warnWhenNoEntities: false, checkDuplicateTableNames: true },
    // Rules pass the time in; the database keeps it with its zone.
    forceUtcTimezone: true,
    logger: (message) => logger.debug(message),
  });
}
