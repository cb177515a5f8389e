import { BullModule } from '@nestjs/bullmq';
import { Global, Module } from '@nestjs/common';
import { OutboxConsumer } from './outbox.consumer.js';
import { Outbox, OUTBOX_QUEUE } from './outbox.js';

@Global()
@Module({
  imports: [BullModule.registerQueue({ name: OUTBOX_QUEUE })],
  providers: [Outbox, OutboxConsumer],
  exports: [Outbox, BullModule],
})
export class OutboxModule {}
