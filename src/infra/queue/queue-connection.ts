import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type ConnectionOptions, createPostgresBackend, setDefaultBackendFactory } from 'bullmq';
import pg from 'pg';
import { Config } from '../config/config.js';
import { QUEUE_SCHEMA } from '../database/migrations.js';

/** A worker listens on a connection of its own; the rest is short calls. */
const CONNECTIONS = 5;
const STRAGGLERS_MS = 2_000;

/** Where the queues live: in the application's PostgreSQL, or in Redis where REDIS_URL names one. */
@Injectable()
export class QueueConnection implements OnApplicationShutdown {
  private readonly logger = new Logger('Queue');
  private readonly pool: pg.Pool | undefined;
  readonly options: ConnectionOptions;

  constructor(config: Config) {
    if (config.redisUrl) {
      setDefaultBackendFactory();
      this.options = { url: config.redisUrl, maxRetriesPerRequest: null };
      return;
    }
    setDefaultBackendFactory(createPostgresBackend);
    this.pool = this.openPool(config.databaseUrl);
    // BullMQ's Nest module knows the options of Redis only, and hands over whatever it is given.
    this.options = this.pool;
  }

  /** The last to go: whoever used it has been closed by then, and a straggler is not waited for. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.race([this.pool?.end(), sleep(STRAGGLERS_MS, undefined, { ref: false })]);
  }

  private openPool(url: string): pg.Pool {
    const pool = new pg.Pool({
      connectionString: url,
      application_name: 'smartcard queue',
      max: CONNECTIONS,
      keepAlive: true,
      connectionTimeoutMillis: 3_000,
      verify: (client, done) => {
        client.query(`set search_path to ${QUEUE_SCHEMA}`).then(() => done(), done);
      },
    });
    pool.on('error', (error) => this.logger.warn(`idle connection lost: ${error.message}`));
    pool.on('connect', (client) => {
      client.on('error', (error) => this.logger.warn(`connection lost: ${error.message}`));
    });
    return pool;
  }
}
