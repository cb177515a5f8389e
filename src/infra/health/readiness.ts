import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Database } from '../database/database.js';
import { isMigrated } from '../database/migrations.js';
import { OUTBOX_QUEUE } from '../outbox/outbox.js';

export type Part = 'database' | 'migrations' | 'queue';
type State = 'ok' | 'failing';
const PATIENCE_MS = 2_000;

/** Whether this process should be sent work. */
@Injectable()
export class Readiness {
  private stopping = false;
  private migrated = false;

  constructor(
    private readonly database: Database,
    @InjectQueue(OUTBOX_QUEUE) private readonly queue: Queue,
  ) {}

  /** From now on this process is not ready: it is about to stop. */
  stop(): void {
    this.stopping = true;
  }

  /** Whether long answers are to end. */
  get isStopping(): boolean {
    return this.stopping;
  }

  async check(): Promise<{ ready: boolean; parts: Record<Part, State> }> {
    const [database, migrations, queue] = await Promise.all([
      state(this.database.query('select 1')),
      state(this.checkMigrations()),
      state(this.queue.getWaitingCount()),
    ]);
    const parts = { database, migrations, queue };
    return { ready: !this.stopping && Object.values(parts).every((part) => part === 'ok'), parts };
  }

  /** Nobody takes migrations back while this process runs. */
  private async checkMigrations(): Promise<void> {
    this.migrated ||= await isMigrated(this.database);
    if (!this.migrated) throw new Error('not migrated');
  }
}

async function state(check: Promise<unknown>): Promise<State> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('late')), PATIENCE_MS);
  });
  try {
    await Promise.race([check, late]);
    return 'ok';
  } catch {
    return 'failing';
  } finally {
    clearTimeout(timer);
  }
}
