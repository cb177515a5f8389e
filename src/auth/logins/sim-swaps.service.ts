import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import { formatDateTime } from '../../infra/i18n/format.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { Clock } from '../../shared/clock.js';
import { closeSessions } from '../sessions.js';

const HOLD_MS = 24 * 3_600_000;

export interface HeldSms {
  /** E.164: the contact phone. */
  phone: string;
  language: Language;
  /** What does not come: a temporary password, or a code in the place of the password that there is. */
  instead: 'simSwapPassword' | 'simSwapCode';
}

export interface CodeThatOpens {
  /** E.164: the phone that the code proves, which leads to a cabinet by being its contact phone or its line. */
  phone: string;
  /** E.164: where the SMS goes. */
  to: string;
  language: Language;
}

/**
 * Whoever holds a number's new SIM card gets its SMS, and may be a thief (research D7): for a day the card alone opens no
 * cabinet that a password guards. The password goes on working, and so do codes that staff issue. Real time.
 */
@Injectable()
export class SimSwaps {
  constructor(
    private readonly messages: Messages,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** In the transaction that puts another card in: whoever is in by this number is out. */
  async note(sql: Sql, phone: string): Promise<void> {
    const now = this.clock.real();
    const opened = await sql.query<{ id: string }>(
      'select id from login where phone = $1 union select login_id from login_number where phone = $1',
      [phone],
    );
    for (const { id } of opened) await closeSessions(sql, 'customer', id);
    await sql.query('delete from sim_swap_hold where until <= $1', [now]);
    await sql.query(
      'insert into sim_swap_hold (phone, until) values ($1, $2) on conflict (phone) do update set until = excluded.until',
      [phone, new Date(now.getTime() + HOLD_MS)],
    );
  }

  /**
   * Whether a code by SMS would open a cabinet that its card alone must not open yet. Without a password the contact phone
   * is all they have: then its codes go on opening their cabinet. Whoever is nobody's customer yet is not held either.
   */
  async bars(sql: Sql, { phone, to, language }: CodeThatOpens): Promise<boolean> {
    const [guarded] = await sql.query(
      `select from login l where l.disabled_at is null and (l.password_hash is not null or l.phone <> $2)
         and (l.phone = $1 or l.id = (select login_id from login_number where phone = $1))`,
      [phone, to],
    );
    return guarded !== undefined && (await this.holds(sql, { phone: to, language, instead: 'simSwapCode' }));
  }

  /** Whether nothing goes there yet; the phone is told why and until when, which nobody else gets to know. */
  async holds(sql: Sql, { phone, language, instead }: HeldSms): Promise<boolean> {
    const now = this.clock.real();
    const [hold] = await sql.query<{ until: string }>(
      'select until from sim_swap_hold where phone = $1 and until > $2',
      [phone, now],
    );
    if (!hold) return false;
    const until = formatDateTime(new Date(hold.until), { language, zone: this.config.timeZone, now });
    await this.messages.sendSms(sql, { to: phone, text: text(language, `sms:${instead}`, { until }), secret: false });
    return true;
  }
}
