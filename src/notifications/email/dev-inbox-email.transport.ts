import { type Database } from '../../infra/database/database.js';
import { type Clock } from '../../shared/clock.js';
import { type Email, EmailTransport } from './email-transport.js';

/** The demo's mail server: mails are read at /dev/inbox. */
export class DevInboxEmailTransport extends EmailTransport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async send({ id, to, subject, text }: Email): Promise<void> {
    await this.database.query(
      `insert into dev_inbox (id, channel, recipient, subject, body, at) values ($1, 'email', $2, $3, $4, $5)
       on conflict (id) do nothing`,
      [id, to, subject, text, this.clock.real()],
    );
  }
}
