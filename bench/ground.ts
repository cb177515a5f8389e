import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../src/infra/database/migrations.js';
import { EmbeddedServer } from '../src/infra/embedded/embedded-server.js';
import { seedCards } from './seed/cards.js';
import { seedOrders } from './seed/orders.js';
import { seedPromotions } from './seed/promotions.js';

/** An embedded PostgreSQL of the benchmark's own, exactly as `npm start` runs it: durable. */
export class Ground {
  private constructor(
    readonly dataDir: string,
    private readonly server: EmbeddedServer,
  ) {}

  static async prepare(): Promise<Ground> {
    const dataDir = mkdtempSync(join(tmpdir(), 'smartcard-bench-'));
    // The database server's own user has to get in.
    chmodSync(dataDir, 0o755);
    const ground = new Ground(dataDir, await EmbeddedServer.start(dataDir));
    await ground.expectDurable();
    return ground;
  }

  urlOf(database: string): string {
    const url = new URL(this.server.url);
    url.pathname = `/${database}`;
    return url.href;
  }

  /** A migrated database; with cards, sold ones with a little history. */
  async createDatabase(name: string, cards = 0): Promise<string> {
    await this.on('postgres', (client) => client.query(`create database ${name}`));
    await migrate(this.urlOf(name));
    if (cards > 0) await this.on(name, (client) => seedCards(client, cards));
    return this.urlOf(name);
  }

  /** Ten active promotions. */
  async promote(database: string): Promise<void> {
    await this.on(database, seedPromotions);
  }

  /** A migrated database with so many applications. */
  async createDesk(name: string, orders: number): Promise<string> {
    const url = await this.createDatabase(name);
    await this.on(name, (client) => seedOrders(client, orders));
    return url;
  }

  async copyDatabase(from: string, name: string): Promise<string> {
    await this.on('postgres', (client) => client.query(`create database ${name} template ${from} strategy file_copy`));
    return this.urlOf(name);
  }

  async remove(): Promise<void> {
    await this.server.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async expectDurable(): Promise<void> {
    const { rows } = await this.on('postgres', (client) =>
      client.query(`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`),
    );
    if (rows[0]?.fsync !== 'on' || rows[0]?.commit !== 'on') {
      throw new Error('the database of the benchmark is not durable');
    }
  }

  private async on<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.urlOf(database) });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
