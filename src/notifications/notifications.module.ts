import { Module } from '@nestjs/common';
import { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import { Clock } from '../shared/clock.js';
import { Delivery } from './delivery.service.js';
import { DevInboxTransport } from './dev-inbox.transport.js';
import { Messages } from './messages.service.js';
import { NoSmsTransport } from './no-sms.transport.js';
import { SmsTransport } from './sms-transport.js';

@Module({
  providers: [
    Messages,
    Delivery,
    {
      provide: SmsTransport,
      inject: [Config, Database, Clock],
      useFactory: (config: Config, database: Database, clock: Clock) =>
        config.smsTransport === 'dev_inbox' ? new DevInboxTransport(database, clock) : new NoSmsTransport(),
    },
  ],
  exports: [Messages],
})
export class NotificationsModule {}
