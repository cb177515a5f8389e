import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { LastWords, type Words } from '../../notifications/last-words.service.js';
import { Messages } from '../../notifications/messages.service.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { phoneOrNull } from '../../shared/phone.js';
import type { StoredCallback } from './callback.js';
import { CallbackLinks } from './callback-links.service.js';

/** After that whoever wanted to be called has called. */
const USELESS_AFTER_MS = 48 * 3_600_000;

/** Asks by SMS when to call, where nobody could be reached. */
@Injectable()
export class MissedCalls implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly messages: Messages,
    private readonly lastWords: LastWords,
    private readonly links: CallbackLinks,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.lastWords.on('callback', (messageId) => this.compose(messageId));
  }

  /** In the transaction of the dial that failed; keeps the quiet hours. Phones of a city get none, and the answer is false. */
  async askForTime(sql: Sql, { id: callbackId, phone }: Pick<StoredCallback, 'id' | 'phone'>): Promise<boolean> {
    if (phoneOrNull(phone) === null) return false;
    const now = this.clock.now();
    const [id, messageId] = [newId(), newId()];
    const uselessAt = new Date(now.getTime() + USELESS_AFTER_MS);
    await this.messages.announce(sql, [
      {
        ...{ id: messageId, topic: 'callback', channel: 'sms', to: phone, customerId: null },
        ...{ uselessAt, unsubscribeUrl: null, secret: true },
      },
    ]);
    await sql.query(
      `insert into callback_request (id, callback_id, source, token_hash, message_id, asked_at)
       values ($1, $2, 'sms', $3, $4, $5)`,
      [id, callbackId, this.links.digestOf(id), messageId, now],
    );
    return true;
  }

  /** After the commit. */
  ring(): void {
    this.messages.ring();
  }

  /** Nothing where we got through meanwhile, or the customer has chosen a time. */
  private async compose(messageId: string): Promise<Words | null> {
    const [found] = await this.database.query<{ id: string; language: Language }>(
      `select r.id, c.language from callback_request r join callback c on c.id = r.callback_id
       where r.message_id = $1 and r.withdrawn_at is null and c.state in ('waiting', 'taken') and c.missed > 0`,
      [messageId],
    );
    if (!found) return null;
    return { subject: null, text: text(found.language, 'callbacks:sms.missed', { link: this.links.linkOf(found.id) }) };
  }
}
