import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '../infra/database/database.js';
import { NotYet, Outbox } from '../infra/outbox/outbox.js';
import { Clock } from '../shared/clock.js';
import { Gateways } from './gateways.service.js';
import { LastWords, type Words } from './last-words.service.js';
import { MESSAGE_TOPIC } from './messages.service.js';
import { Quiet } from './quiet.service.js';
import { NoWayOut } from './sms-transport.js';

/** A code is of no use later; a mail server that is away has most of a day to come back. */
const MOST_ATTEMPTS = { code: 5, other: 30 };
/** A code that comes later than this opens nothing any more and only puzzles. */
const SECRETS_STALE_AFTER_MS = 10 * 60_000;
/** Longer than any gateway takes to answer: whoever has had a message in hand for so long is dead. */
const IN_HAND = '2 minutes';
const LOOK_AGAIN_AFTER_MS = 15_000;

interface Waiting {
  channel: 'sms' | 'email' | 'push';
  recipient: string;
  subject: string | null;
  /** Null where the words are found at the last moment. */
  body: string | null;
  topic: string;
  secret: boolean;
  urgent: boolean;
  unsubscribe_url: string | null;
  useless_at: string | null;
  attempts: number;
  created_at: string;
}

/**
 * Takes a message to its gateway, outside of any transaction. It may run twice for one message: what is sent stays
 * sent, and a run that died between the gateway and the database repeats under the same id.
 */
@Injectable()
export class Delivery implements OnModuleInit {
  private readonly log = new Logger(Delivery.name);
  private readonly inHand = new Map<string, Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly gateways: Gateways,
    private readonly lastWords: LastWords,
    private readonly quiet: Quiet,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(MESSAGE_TOPIC, (messageId) => this.deliver(messageId));
  }

  /** Throws NotYet in quiet hours and while another process has it in hand, and what a gateway says that may pass. */
  deliver(messageId: string): Promise<void> {
    const known = this.inHand.get(messageId);
    if (known) return known;
    const work = this.take(messageId).finally(() => this.inHand.delete(messageId));
    this.inHand.set(messageId, work);
    return work;
  }

  private async take(messageId: string): Promise<void> {
    const message = await this.begin(messageId);
    if (!message) return;
    if (this.isStale(message)) return this.end(messageId, 'failed', 'stale');
    const quietUntil = message.urgent ? null : this.quiet.until();
    if (quietUntil) {
      await this.letGo(messageId, null);
      throw new NotYet(quietUntil);
    }
    try {
      const words = await this.wordsOf(messageId, message);
      if (!words) return await this.end(messageId, 'cancelled', null);
      await this.send(messageId, message, words);
    } catch (error) {
      return this.failed(messageId, message, error);
    }
  }

  /** Only one process at a time has a message in hand. */
  private async begin(messageId: string): Promise<Waiting | undefined> {
    const [message] = await this.database.query<Waiting>(
      `update message set attempts = attempts + 1, sending_since = now()
       where id = $1 and state = 'queued' and (sending_since is null or sending_since < now() - interval '${IN_HAND}')
       returning channel, recipient, subject, body, topic, secret, urgent, unsubscribe_url, useless_at, attempts, created_at`,
      [messageId],
    );
    if (message) return message;
    const [elsewhere] = await this.database.query(`select from message where id = $1 and state = 'queued'`, [
      messageId,
    ]);
    if (elsewhere) throw new NotYet(new Date(this.clock.now().getTime() + LOOK_AGAIN_AFTER_MS));
    return undefined;
  }

  private isStale({ secret, urgent, channel, created_at, useless_at }: Waiting): boolean {
    if (useless_at !== null && this.clock.now() >= new Date(useless_at)) return true;
    const age = this.clock.real().getTime() - new Date(created_at).getTime();
    return secret && urgent && channel === 'sms' && age > SECRETS_STALE_AFTER_MS;
  }

  private wordsOf(messageId: string, { topic, subject, body }: Waiting): Promise<Words | null> {
    return body === null ? this.lastWords.find(topic, messageId) : Promise.resolve({ subject, text: body });
  }

  private async send(messageId: string, message: Waiting, { subject, text }: Words): Promise<void> {
    const { channel, recipient: to, unsubscribe_url: unsubscribeUrl } = message;
    await this.gateways.send({ id: messageId, channel, to, subject, text, unsubscribeUrl });
    await this.database.query(
      `update message set state = 'sent', sent_at = $2, error = null, subject = $3, body = case when secret then null else $4 end
       where id = $1 and state = 'queued'`,
      [messageId, this.clock.real(), subject, text],
    );
  }

  private async failed(messageId: string, { channel, secret, attempts }: Waiting, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    const most = secret && channel === 'sms' ? MOST_ATTEMPTS.code : MOST_ATTEMPTS.other;
    if (error instanceof NoWayOut || attempts >= most) return this.end(messageId, 'failed', reason);
    await this.letGo(messageId, reason);
    // The queue rings again, later each time.
    throw error;
  }

  private async letGo(messageId: string, reason: string | null): Promise<void> {
    // What only waits was no attempt.
    await this.database.query(
      `update message set sending_since = null, error = $2::text, attempts = attempts - case when $2::text is null then 1 else 0 end
       where id = $1`,
      [messageId, reason?.slice(0, 500) ?? null],
    );
  }

  private async end(messageId: string, state: 'failed' | 'cancelled', reason: string | null): Promise<void> {
    if (reason !== null) this.log.warn(`message ${messageId} was not sent: ${reason}`);
    await this.database.query(
      `update message set state = $2, error = $3, body = case when secret then null else body end
       where id = $1 and state = 'queued'`,
      [messageId, state, reason?.slice(0, 500) ?? null],
    );
  }
}
