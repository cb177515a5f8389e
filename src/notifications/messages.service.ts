import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Quiet } from './quiet.service.js';

export const MESSAGE_TOPIC = 'message';

export interface NewSms {
  /** E.164. */
  to: string;
  text: string;
  /** Whether the text carries a code or a password, and is wiped once it is out. */
  secret: boolean;
  /** False where it can wait for the end of the quiet hours. */
  urgent?: boolean;
}

export interface NewEmail {
  to: string;
  subject: string;
  text: string;
  /** Whether the text carries a link that opens something, and is wiped once it is out. */
  secret: boolean;
  /** Null where it goes to somebody who is no customer yet. */
  customerId: string | null;
}

/** What somebody may choose to get or not; its words come at the last moment, from `LastWords`. */
export interface Announcement {
  id: string;
  topic: 'burning' | 'news' | 'callback' | 'esia';
  channel: 'sms' | 'email';
  to: string;
  /** Null where it goes to a phone that may belong to nobody. */
  customerId: string | null;
  /** Business time from which on it is better not sent. */
  uselessAt: Date;
  /** Of a mail: where one leaves the topic without logging in. */
  unsubscribeUrl: string | null;
  /** Whether the text carries a link that opens something, and is wiped once it is out. */
  secret?: boolean;
}

/** Messages are written in the transaction that has something to say, and go out after it. */
@Injectable()
export class Messages {
  constructor(
    private readonly outbox: Outbox,
    private readonly quiet: Quiet,
    private readonly clock: Clock,
  ) {}

  /** Returns the message's id. The caller rings the outbox after its commit, or the sweeper does. */
  async sendSms(sql: Sql, { to, text, secret, urgent = true }: NewSms): Promise<string> {
    const id = newId();
    await sql.query(
      `insert into message (id, channel, recipient, body, secret, urgent, created_at) values ($1, 'sms', $2, $3, $4, $5, $6)`,
      [id, to, text, secret, urgent, this.clock.real()],
    );
    await this.outbox.put(sql, MESSAGE_TOPIC, id);
    return id;
  }

  /** A mail that somebody waits for: it goes out at any hour. Returns its id, as for an SMS. */
  async sendEmail(sql: Sql, { to, subject, text, secret, customerId }: NewEmail): Promise<string> {
    const id = newId();
    await sql.query(
      `insert into message (id, channel, recipient, subject, body, secret, customer_id, created_at)
       values ($1, 'email', $2, $3, $4, $5, $6, $7)`,
      [id, to, subject, text, secret, customerId, this.clock.real()],
    );
    await this.outbox.put(sql, MESSAGE_TOPIC, id);
    return id;
  }

  /** What can wait: it goes out now, or when the quiet hours end. Any number in one statement. */
  async announce(sql: Sql, announcements: readonly Announcement[]): Promise<void> {
    await sql.query(
      `insert into message (id, channel, recipient, customer_id, topic, secret, urgent, useless_at, unsubscribe_url, created_at)
       select id, channel, recipient, customer_id, topic, secret, false, useless_at, unsubscribe_url, $2
       from jsonb_to_recordset($1::jsonb) as m (id uuid, channel text, recipient text, customer_id uuid, topic text,
                                                secret boolean, useless_at timestamptz, unsubscribe_url text)`,
      [JSON.stringify(announcements.map(rowOf)), this.clock.real()],
    );
    const ids = announcements.map(({ id }) => id);
    await this.outbox.putAll(sql, MESSAGE_TOPIC, ids, this.quiet.until() ?? this.clock.now());
  }

  /** After the commit: what was written goes out at once. */
  ring(): void {
    this.outbox.ring();
  }
}

function rowOf({ to, customerId, uselessAt, unsubscribeUrl, secret = false, ...same }: Announcement): object {
  return {
    ...same,
    secret,
    recipient: to,
    customer_id: customerId,
    useless_at: uselessAt.toISOString(),
    unsubscribe_url: unsubscribeUrl,
  };
}
