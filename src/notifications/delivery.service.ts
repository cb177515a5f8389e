import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '../infra/database/database.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { Clock } from '../shared/clock.js';
import { MESSAGE_TOPIC } from './messages.service.js';
import { NoWayOut, SmsTransport } from './sms-transport.js';

const MOST_ATTEMPTS = 5;
/** A code that comes later than this opens nothing any more and only puzzles. */
const SECRETS_STALE_AFTER_MS = 10 * 60_000;

interface Waiting {
  recipient: string;
  body: string;
  secret: boolean;
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

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly sms: SmsTransport,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(MESSAGE_TOPIC, (messageId) => this.deliver(messageId));
  }

  async deliver(messageId: string): Promise<void> {
    const message = await this.begin(messageId);
    if (!message) return;
    if (this.isStale(message)) return this.giveUp(messageId, 'stale');
    try {
      await this.sms.send({ id: messageId, to: message.recipient, text: message.body });
    } catch (error) {
      return this.failed(messageId, message.attempts, error);
    }
    await this.database.query(
      `update message set state = 'sent', sent_at = $2, error = null, body = case when secret then null else body end
       where id = $1 and state = 'queued'`,
      [messageId, this.clock.real()],
    );
  }

  private async begin(messageId: string): Promise<Waiting | undefined> {
    const [message] = await this.database.query<Waiting>(
      `update message set attempts = attempts + 1 where id = $1 and state = 'queued'
       returning recipient, body, secret, attempts, created_at`,
      [messageId],
    );
    return message;
  }

  private isStale(message: Waiting): boolean {
    const age = this.clock.real().getTime() - new Date(message.created_at).getTime();
    return message.secret && age > SECRETS_STALE_AFTER_MS;
  }

  private async failed(messageId: string, attempts: number, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof NoWayOut || attempts >= MOST_ATTEMPTS) return this.giveUp(messageId, reason);
    await this.database.query('update message set error = $2 where id = $1', [messageId, reason.slice(0, 500)]);
    // The queue rings again, later each time.
    throw error;
  }

  private async giveUp(messageId: string, reason: string): Promise<void> {
    this.log.warn(`message ${messageId} was not sent: ${reason}`);
    await this.database.query(
      `update message set state = 'failed', error = $2, body = case when secret then null else body end
       where id = $1 and state = 'queued'`,
      [messageId, reason.slice(0, 500)],
    );
  }
}
