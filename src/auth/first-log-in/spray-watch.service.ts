import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { Secrets } from '../secrets.service.js';

const MINUTE_MS = 60_000;
/** Misses within so long belong together; the door stays shut for as long after the last alarm. */
const WINDOW_MS = 10 * MINUTE_MS;

/**
 * Five guesses at each of six thousand cabinets open three of them by the law of large numbers, however slow each guess
 * is. So wrong digits are counted over all phones: too many different ones within ten minutes raise the alarm, and until
 * ten minutes after it was last raised nobody's digits are looked at. Log-in by SMS and codes from staff go on.
 */
@Injectable()
export class SprayWatch {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async isOn(): Promise<boolean> {
    const raised = await this.database.query(
      `select from security_alarm where kind = 'first_password_spray' and seen_at > $1 limit 1`,
      [this.since()],
    );
    return raised.length > 0;
  }

  /** One more wrong try with four digits, at a known phone or not. */
  async noteMiss(phone: string): Promise<void> {
    const now = this.clock.real();
    await this.database.query('insert into first_password_miss (phone_digest, missed_at) values ($1, $2)', [
      this.secrets.digest('rate limit', phone),
      now,
    ]);
    const [seen] = await this.database.query<{ phones: number; began_at: string }>(
      `select count(distinct phone_digest)::int as phones, min(missed_at) as began_at
       from first_password_miss where missed_at > $1`,
      [this.since()],
    );
    if (seen && seen.phones >= this.config.accessLimits.firstPasswordPhones) {
      await this.raise(seen.phones, seen.began_at);
    }
  }

  private raise(phones: number, beganAt: string): Promise<void> {
    const now = this.clock.real();
    return this.database.transaction(async (sql) => {
      await sql.query(`select pg_advisory_xact_lock(hashtextextended('security_alarm', 0))`);
      const grown = await sql.query(
        `update security_alarm set phones = greatest(phones, $3), seen_at = $2, acknowledged_by = null, acknowledged_at = null
         where kind = 'first_password_spray' and seen_at > $1 returning id`,
        [this.since(), now, phones],
      );
      if (grown.length > 0) return;
      const id = newId();
      await sql.query(
        `insert into security_alarm (id, kind, phones, began_at, seen_at) values ($1, 'first_password_spray', $2, $3, $4)`,
        [id, phones, beganAt, now],
      );
      const object = { kind: 'security_alarm', id };
      await this.audit.record(sql, { actor: { kind: 'system' }, action: 'alarm.raised', object, facts: { phones } });
    });
  }

  private since(): Date {
    return new Date(this.clock.real().getTime() - WINDOW_MS);
  }
}
