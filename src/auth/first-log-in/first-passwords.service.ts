import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { sameDigest, Secrets } from '../secrets.service.js';
import { SprayWatch } from './spray-watch.service.js';

export interface NewFirstPassword {
  loginId: string;
  /** E.164: the number of that SIM card, where the code goes. */
  phone: string;
  /** The last four digits as printed: one reading, or two where the check digit is ambiguous. */
  tails: readonly string[];
  actor: Actor;
}

export interface FirstPasswordState {
  phone: string;
  triesLeft: number;
  /** Null while the digits work. */
  endReason: 'password_set' | 'wrong_tries' | 'taken_back' | null;
}

type EndReason = NonNullable<FirstPasswordState['endReason']>;

interface Row {
  id: string;
  login_id: string;
  digests: Buffer[];
  tries_left: number;
}

const TRIES = 5;
const FOUR_DIGITS = /^\d{4}$/;

/**
 * «Первый пароль — последние четыре цифры SIM-карты» (A3). Four digits are a weak secret: they open one step only, five
 * wrong tries in all switch them off, and while somebody sprays guesses over many phones nobody's digits are looked at.
 */
@Injectable()
export class FirstPasswords {
  constructor(
    private readonly database: Database,
    private readonly spray: SprayWatch,
    private readonly audit: AuditLog,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /**
   * When a SIM card is handed over to whoever will use it themselves: in the caller's transaction. Answers false where
   * the customer has a password already, so that digits would only be a second, weaker door.
   */
  async open(sql: Sql, { loginId, phone, tails, actor }: NewFirstPassword): Promise<boolean> {
    if (!tails.length || !tails.every((tail) => FOUR_DIGITS.test(tail))) throw new Error('a tail is four digits');
    const open = await sql.query('select from login where id = $1 and password_hash is null for update', [loginId]);
    if (open.length === 0) return false;
    await this.end(sql, { phone }, 'taken_back');
    const id = newId();
    const digests = [...new Set(tails)].map((tail) => this.digest(id, tail));
    await sql.query(
      `insert into first_password (id, login_id, phone, digests, tries_left, created_at) values ($1, $2, $3, $4, $5, $6)`,
      [id, loginId, phone, digests, TRIES, this.clock.real()],
    );
    await this.record(sql, { actor, action: 'first_password.opened', loginId });
    return true;
  }

  /**
   * One try at the log-in form. Answers whose digits these are; null for anything else, in the same words and with the
   * same work whether the phone is known or not. A wrong try is counted at once and for good.
   */
  async match(phone: string, typed: string): Promise<string | null> {
    if (!FOUR_DIGITS.test(typed) || (await this.spray.isOn())) return null;
    // Taken before the digits are compared, so that many at once do not slip through; the right ones get it back.
    const [row] = await this.database.query<Row>(
      `update first_password set tries_left = tries_left - 1
       where phone = $1 and ended_at is null and tries_left > 0 returning id, login_id, digests, tries_left`,
      [phone],
    );
    const typedDigest = this.digest(row?.id ?? '', typed);
    const fits = (row?.digests ?? [Buffer.alloc(32)]).some((digest) => sameDigest(digest, typedDigest));
    if (row && fits) {
      await this.database.query('update first_password set tries_left = tries_left + 1 where id = $1', [row.id]);
      return row.login_id;
    }
    await this.spray.noteMiss(phone);
    if (row?.tries_left === 0) await this.switchOff(row);
    return null;
  }

  /** What staff see on a customer's page: the latest digits of each number. */
  async list(loginId: string): Promise<FirstPasswordState[]> {
    return this.database.query<FirstPasswordState & Record<string, unknown>>(
      `select distinct on (phone) phone, tries_left as "triesLeft", end_reason as "endReason"
       from first_password where login_id = $1 order by phone, created_at desc`,
      [loginId],
    );
  }

  /** Whose first password the digits of this number's SIM card are; null where they open nothing any more. */
  async loginOf(sql: Sql, phone: string): Promise<string | null> {
    const [row] = await sql.query<{ login_id: string }>(
      'select login_id from first_password where phone = $1 and ended_at is null',
      [phone],
    );
    return row?.login_id ?? null;
  }

  /** For good: a password was set, the line ended or its SIM card was replaced. */
  async end(sql: Sql, whose: { loginId: string } | { phone: string }, reason: EndReason): Promise<void> {
    const [column, value] = 'loginId' in whose ? ['login_id', whose.loginId] : ['phone', whose.phone];
    await sql.query(
      `update first_password set ended_at = $2, end_reason = $3 where ${column} = $1 and ended_at is null`,
      [value, this.clock.real(), reason],
    );
  }

  private switchOff({ id, login_id }: Row): Promise<void> {
    return this.database.transaction(async (sql) => {
      const ended = await sql.query(
        `update first_password set ended_at = $2, end_reason = 'wrong_tries' where id = $1 and ended_at is null returning id`,
        [id, this.clock.real()],
      );
      const actor: Actor = { kind: 'system' };
      if (ended.length > 0) await this.record(sql, { actor, action: 'first_password.switched_off', loginId: login_id });
    });
  }

  private record(sql: Sql, event: { actor: Actor; action: string; loginId: string }): Promise<void> {
    const { actor, action, loginId } = event;
    return this.audit.record(sql, { actor, action, object: { kind: 'login', id: loginId } });
  }

  private digest(id: string, tail: string): Buffer {
    return this.secrets.digest('first password', id, tail);
  }
}
