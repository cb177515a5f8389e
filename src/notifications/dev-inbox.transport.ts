import { type Database } from '../infra/database/database.js';
import { type Clock } from '../shared/clock.js';
import { type Sms, SmsTransport } from './sms-transport.js';

/** The demo's gateway: messages are read at /dev/inbox instead of on a phone. */
export class DevInboxTransport extends SmsTransport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async send({ id, to, text }: Sms): Promise<'sent'> {
    await this.database.query(
      `insert into dev_inbox (id, channel, recipient, body, at) values ($1, 'sms', $2, $3, $4) on conflict (id) do nothing`,
      [id, to, text, this.clock.real()],
    );
    return 'sent';
  }
}
