import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { randomToken, sha256 } from '../../auth/secrets.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, LimitExceeded } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { EmailLimits } from './email-limits.service.js';

const LIFETIME_MS = 72 * 3_600_000;

interface Unconfirmed {
  email: string;
  language: Language;
}

/** An address is somebody's own once they followed the link of a mail to it: for three days, once. Real time. */
@Injectable()
export class EmailConfirmations {
  constructor(
    private readonly database: Database,
    private readonly messages: Messages,
    private readonly limits: EmailLimits,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Sends the link; every earlier one of this customer stops to work. False where there is nothing to confirm.
   * Throws LimitExceeded.
   */
  async send(customerId: string): Promise<boolean> {
    const known = await this.unconfirmed(this.database, customerId);
    if (!known) return false;
    await this.limits.admit(customerId, known.email);
    const sent = await this.database.transaction((sql) => this.write(sql, customerId));
    this.messages.ring();
    return sent;
  }

  /** The same after an address was saved: over the limits it is saved all the same, and can be confirmed later. */
  async sendIfAllowed(customerId: string): Promise<boolean> {
    try {
      return await this.send(customerId);
    } catch (error) {
      if (error instanceof LimitExceeded) return false;
      throw error;
    }
  }

  /** After an address came in along with something else, such as a card: whoever has had a link to it asks for the next. */
  async sendFirst(customerId: string): Promise<boolean> {
    const asked = await this.database.query(
      `select from email_confirmation k join customer c on c.id = k.customer_id and c.email = k.email where c.id = $1`,
      [customerId],
    );
    return asked.length === 0 && (await this.sendIfAllowed(customerId));
  }

  /** Which address the link confirms. Throws `email_link_gone`. */
  async find(token: string): Promise<string> {
    const [found] = await this.database.query<{ email: string }>(
      `select k.email from email_confirmation k join customer c on c.id = k.customer_id and c.email = k.email
       where k.token_hash = $1 and k.used_at is null and k.expires_at > $2`,
      [sha256(token), this.clock.real()],
    );
    if (!found) throw gone();
    return found.email;
  }

  /** Throws `email_link_gone`, also where the address was changed meanwhile. */
  async confirm(token: string): Promise<void> {
    await this.database.transaction(async (sql) => {
      const [used] = await sql.query<{ customer_id: string; email: string }>(
        `update email_confirmation set used_at = $2
         where token_hash = $1 and used_at is null and expires_at > $2 returning customer_id, email`,
        [sha256(token), this.clock.real()],
      );
      if (!used) throw gone();
      const confirmed = await sql.query(
        'update customer set email_confirmed_at = $3 where id = $1 and email = $2 returning id',
        [used.customer_id, used.email, this.clock.now()],
      );
      if (confirmed.length === 0) throw gone();
      const id = used.customer_id;
      const action = 'customer.email_confirmed';
      await this.audit.record(sql, { actor: { kind: 'customer', id }, action, object: { kind: 'customer', id } });
    });
  }

  private async write(sql: Sql, customerId: string): Promise<boolean> {
    const known = await this.unconfirmed(sql, customerId, 'for update');
    if (!known) return false;
    const { email, language } = known;
    const now = this.clock.real();
    const token = randomToken();
    await sql.query('update email_confirmation set used_at = $2 where customer_id = $1 and used_at is null', [
      customerId,
      now,
    ]);
    await sql.query(
      `insert into email_confirmation (id, customer_id, email, token_hash, expires_at, created_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [newId(), customerId, email, sha256(token), new Date(now.getTime() + LIFETIME_MS), now],
    );
    const brand = this.config.brand.name;
    const link = `${this.config.publicUrl}/mail/confirm/${token}`;
    const subject = text(language, 'notifications:confirmation.subject', { brand });
    const words = text(language, 'notifications:confirmation.text', { brand, link });
    await this.messages.sendEmail(sql, { to: email, subject, text: words, secret: true, customerId });
    return true;
  }

  private async unconfirmed(sql: Sql, customerId: string, lock: 'for update' | '' = ''): Promise<Unconfirmed | null> {
    const [known] = await sql.query<Unconfirmed>(
      `select email, language from customer
       where id = $1 and email is not null and email_confirmed_at is null ${lock}`,
      [customerId],
    );
    return known ?? null;
  }
}

function gone(): DomainError {
  return new DomainError('email_link_gone', 'not_found');
}
