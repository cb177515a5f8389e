import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database/database.js';
import { phoneOrNull } from '../shared/phone.js';

export interface InboxMessage {
  id: string;
  channel: 'sms' | 'email' | 'push';
  to: string;
  subject: string | null;
  text: string;
  /** ISO 8601. */
  at: string;
}

const MOST_SHOWN = 100;

/** Messages that would have gone out, newest first. */
@Injectable()
export class DevInbox {
  constructor(private readonly database: Database) {}

  /** `to` is a phone in any usual spelling, or an e-mail; empty for everybody's. */
  async list(to: string): Promise<InboxMessage[]> {
    const recipient = to.trim() === '' ? null : (phoneOrNull(to) ?? to.trim());
    const messages = await this.database.query<InboxMessage>(
      `select id, channel, recipient as "to", subject, body as text, at from dev_inbox
       where $1::text is null or lower(recipient) = lower($1) order by at desc, id desc limit ${MOST_SHOWN}`,
      [recipient],
    );
    return messages.map((message) => ({ ...message, at: new Date(message.at).toISOString() }));
  }
}
