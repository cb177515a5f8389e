import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { Config } from '../config/config.js';
import { Outbox, OUTBOX_QUEUE } from './outbox.js';

const SAME_ERROR_EVERY_MS = 10_000;

/** Answers the bell, in processes with the worker's role. */
@Processor(OUTBOX_QUEUE, { concurrency: 8 })
export class OutboxConsumer extends WorkerHost implements BeforeApplicationShutdown {
  private readonly logger = new Logger('OutboxConsumer');
  private lastError = '';
  private lastErrorAt = 0;

  constructor(
    private readonly config: Config,
    private readonly orm: MikroORM,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  process(job: Job<{ id: string }>): Promise<void> {
    return RequestContext.create(this.orm.em, () => this.outbox.deliver(job.data.id));
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    // While the database is away the worker knocks ten times a second.
    if (error.message === this.lastError && performance.now() - this.lastErrorAt < SAME_ERROR_EVERY_MS) return;
    this.lastError = error.message;
    this.lastErrorAt = performance.now();
    this.logger.warn(`queue: ${error.message}`);
  }

  /** Waits for the jobs in hand, before anything they use is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.config.runsWorker) await this.worker.close();
  }
}
