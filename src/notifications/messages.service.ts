import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';

export const MESSAGE_TOPIC = 'message';

export interface NewSms {
  /** E.164. */
  to: string;
  text: string;
  /** Whether the text carries a code or a password, and is wiped once it is out. */
  secret: boolean;
}

/** Messages are written in the transaction that has something to say, and go out after it. */
@Injectable()
export class Messages {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Returns the message's id. The caller rings the outbox after its commit, or the sweeper does. */
  async sendSms(sql: Sql, { to, text, secret }: NewSms): Promise<string> {
    const id = newId();
    await sql.query(
      `insert into message (id, channel, recipient, body, secret, created_at) values ($1, 'sms', $2, $3, $4, $5)`,
      [id, to, text, secret, this.clock.real()],
    );
    await this.outbox.put(sql, MESSAGE_TOPIC, id);
    return id;
  }

  /** After the commit: what was written goes out at once. */
  ring(): void {
    this.outbox.ring();
  }
}
