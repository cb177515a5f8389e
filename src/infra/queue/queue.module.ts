import { BullModule, BullRegistrar } from '@nestjs/bullmq';
import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../config/config.js';
import { QueueConnection } from './queue-connection.js';

@Module({ providers: [QueueConnection], exports: [QueueConnection] })
class QueueConnectionModule {}

/** BullMQ on PostgreSQL or Redis. Only processes with the worker's role take jobs; any may add them. */
@Module({
  imports: [
    BullModule.forRootAsync({
      imports: [QueueConnectionModule],
      inject: [QueueConnection],
      useFactory: (connection: QueueConnection) => ({
        connection: connection.options,
        // What a job is about stands in a row of its own, so nothing is kept of a job that ran. A number here, instead
        // of true, makes finishing jobs deadlock on PostgreSQL.
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      }),
      extraOptions: { manualRegistration: true },
    }),
  ],
})
export class QueueModule implements OnApplicationBootstrap {
  constructor(
    private readonly config: Config,
    private readonly registrar: BullRegistrar,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.runsWorker) this.registrar.register();
  }
}
