import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { Config } from '../config/config.js';
import { Outbox, OUTBOX_QUEUE } from './outbox.js';

/** Answers the bell, in processes with the worker's role. */
@Processor(OUTBOX_QUEUE, { concurrency: 8 })
export class OutboxConsumer extends WorkerHost implements BeforeApplicationShutdown {
  private readonly logger = new Logger('OutboxConsumer');

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
    this.logger.warn(`queue: ${error.message}`);
  }

  /** Waits for the jobs in hand, before anything they use is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.config.runsWorker) await this.worker.close();
  }
}
