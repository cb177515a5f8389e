import { Module } from '@nestjs/common';
import { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { Clock } from '../shared/clock.js';
import { Delivery } from './delivery.service.js';
import { DevInboxTransport } from './dev-inbox.transport.js';
import { DevInboxEmailTransport } from './email/dev-inbox-email.transport.js';
import { EmailTransport } from './email/email-transport.js';
import { NoEmailTransport } from './email/no-email.transport.js';
import { SmtpTransport } from './email/smtp.transport.js';
import { Gateways } from './gateways.service.js';
import { LastWords } from './last-words.service.js';
import { MessageData } from './own-data/message-data.service.js';
import { Messages } from './messages.service.js';
import { NoSmsTransport } from './no-sms.transport.js';
import { Quiet } from './quiet.service.js';
import { SmsTransport } from './sms-transport.js';

@Module({
  imports: [PersonalDataModule],
  providers: [
    MessageData,
    Messages,
    Delivery,
    Gateways,
    LastWords,
    Quiet,
    {
      provide: SmsTransport,
      inject: [Config, Database, Clock],
      useFactory: (config: Config, database: Database, clock: Clock) =>
        config.smsTransport === 'dev_inbox' ? new DevInboxTransport(database, clock) : new NoSmsTransport(),
    },
    { provide: EmailTransport, inject: [Config, Database, Clock], useFactory: emailTransport },
  ],
  exports: [LastWords, Messages],
})
export class NotificationsModule {}

function emailTransport({ messaging }: Config, database: Database, clock: Clock): EmailTransport {
  const { emailTransport: way, smtpUrl, mailFrom } = messaging;
  if (way === 'smtp' && smtpUrl) return new SmtpTransport({ url: smtpUrl, from: mailFrom });
  return way === 'dev_inbox' ? new DevInboxEmailTransport(database, clock) : new NoEmailTransport();
}
