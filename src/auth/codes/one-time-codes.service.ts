import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Language } from '../../infra/i18n/texts.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { type Limit, RateLimits } from '../limits/rate-limits.service.js';
import { randomDigits, sameDigest, Secrets } from '../secrets.service.js';
import { CodePost } from './code-post.service.js';
import { CodeGone, CodeNotFound, CodeWrong } from './codes.errors.js';

export type CodePurpose =
  | 'login'
  | 'first_log_in'
  | 'activation'
  | 'virtual_card'
  | 'spending'
  | 'again'
  | 'phone_change_old'
  | 'phone_change_new'
  | 'phone_change_staff';

export interface NewCode {
  purpose: CodePurpose;
  /** E.164: what was typed, and what the right code proves. */
  phone: string;
  /** Where the SMS goes, if not there: the contact phone of whose line it is. */
  to?: string;
  /** The browser that asks, by its visitor cookie: the code works nowhere else. */
  browser: string;
  language: Language;
  /** False where nobody is to get it: the row is written all the same, and no code opens it. */
  send?: boolean;
  /** The SMS where it is not the usual one; not for a browser to fill in. */
  words?: (code: string) => string;
}

export interface AskedCode {
  id: string;
  phone: string;
  /** Whether there is still something to type a code for. */
  live: boolean;
  /** From when another code may be asked for. */
  resendAt: Date;
}

export interface TypedCode {
  purpose: CodePurpose;
  codeId: string;
  browser: string;
  code: string;
}

interface CodeRow {
  id: string;
  phone: string;
  code_hmac: Buffer;
  tries_left: number;
  created_at: string;
  live: boolean;
}

const CODE_LENGTH = 6;
const LIFETIME_MS = 5 * 60_000;
const TRIES = 5;

/**
 * SQL: whether a code may still be typed at this moment. One from the future is none: it would outlive its five minutes
 * where the machine's clock was put back. A minute is what clocks of several processes may differ by.
 */
const liveAt = (moment: `$${number}`): string =>
  `used_at is null and voided_at is null and tries_left > 0 and expires_at > ${moment}
   and created_at <= ${moment}::timestamptz + interval '1 minute'`;

/** Six digits by SMS: five minutes, five tries, one use, one browser, one live code for a phone and purpose. */
@Injectable()
export class OneTimeCodes {
  private readonly checks: Limit;

  constructor(
    private readonly database: Database,
    private readonly post: CodePost,
    private readonly rates: RateLimits,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    this.checks = { name: 'code_checks', points: config.accessLimits.codeChecksPerPhoneHour, seconds: 3600 };
  }

  /**
   * Writes a code and its SMS in the caller's transaction and returns the code's id; a live one for the same phone and
   * purpose is void from then on. Where the SIM card has just been replaced, one that would open a guarded cabinet is not
   * sent, and the phone is told why; its page looks the same. Ask `SmsLimits.admit` before the transaction, call
   * `Messages.ring` after it.
   */
  async issue(sql: Sql, wanted: NewCode): Promise<string> {
    const { purpose, phone, browser } = wanted;
    const now = this.clock.real();
    const id = newId();
    const goes = await this.post.mayGo(sql, wanted);
    const code = goes ? randomDigits(CODE_LENGTH) : 'none';
    await this.voidLive(sql, purpose, phone, now);
    await sql.query(
      `insert into one_time_code (id, purpose, phone, code_hmac, browser_hmac, tries_left, expires_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        purpose,
        phone,
        this.codeDigest(id, code),
        this.browserDigest(browser),
        TRIES,
        new Date(now.getTime() + LIFETIME_MS),
        now,
      ],
    );
    if (goes) await this.post.send(sql, wanted, code);
    return id;
  }

  /** What the page that asks for the code shows. Throws CodeNotFound for a code that another browser asked for. */
  async find(purpose: CodePurpose, codeId: string, browser: string): Promise<AskedCode> {
    const { id, phone, live, created_at } = await this.read(purpose, codeId, browser);
    const pauseMs = this.config.accessLimits.smsPauseSeconds * 1000;
    return { id, phone, live, resendAt: new Date(new Date(created_at).getTime() + pauseMs) };
  }

  /** The code that was asked for and may still be typed, for whoever keeps no id of it: a till. */
  async findLive(purpose: CodePurpose, phone: string, browser: string): Promise<string | null> {
    const [row] = await this.database.query<{ id: string }>(
      `select id from one_time_code where purpose = $1 and phone = $2 and browser_hmac = $3 and ${liveAt('$4')}`,
      [purpose, phone, this.browserDigest(browser), this.clock.real()],
    );
    return row?.id ?? null;
  }

  /**
   * One try, counted at once and for good, whatever becomes of the caller; returns the phone that the right code proves.
   * It is not used up yet: `spend` does that, in the transaction of what it opens.
   * Throws CodeWrong, CodeGone, CodeNotFound, and LimitExceeded after ten tries a phone and hour.
   */
  async check({ purpose, codeId, browser, code }: TypedCode): Promise<string> {
    const asked = await this.read(purpose, codeId, browser);
    if (!asked.live) throw new CodeGone();
    await this.rates.consume(this.checks, asked.phone);
    const [tried] = await this.database.query<CodeRow>(
      `update one_time_code set tries_left = tries_left - 1 where id = $1 and ${liveAt('$2')} returning *`,
      [codeId, this.clock.real()],
    );
    if (!tried) throw new CodeGone();
    if (sameDigest(tried.code_hmac, this.codeDigest(codeId, code))) return tried.phone;
    throw tried.tries_left > 0 ? new CodeWrong(tried.tries_left) : new CodeGone();
  }

  /** Uses a checked code up, once: whoever comes second gets CodeGone. */
  async spend(sql: Sql, codeId: string): Promise<void> {
    const used = await sql.query(
      'update one_time_code set used_at = $2 where id = $1 and used_at is null and voided_at is null returning id',
      [codeId, this.clock.real()],
    );
    if (used.length === 0) throw new CodeGone();
  }

  /**
   * Whether this is the code that has just been used up, typed once more in the browser that used it: a form that was sent
   * twice. It opens nothing new, and counts as a try. Throws LimitExceeded.
   */
  async wasUsed({ purpose, codeId, browser, code }: TypedCode): Promise<boolean> {
    const { phone } = await this.read(purpose, codeId, browser);
    await this.rates.consume(this.checks, phone);
    const [used] = await this.database.query<Pick<CodeRow, 'code_hmac'>>(
      `update one_time_code set tries_left = tries_left - 1
       where id = $1 and used_at is not null and voided_at is null and tries_left > 0 and expires_at > $2
       returning code_hmac`,
      [codeId, this.clock.real()],
    );
    return used !== undefined && sameDigest(used.code_hmac, this.codeDigest(codeId, code));
  }

  private async voidLive(sql: Sql, purpose: CodePurpose, phone: string, now: Date): Promise<void> {
    // Two at a time would both find nothing to void.
    await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`code ${purpose} ${phone}`]);
    await sql.query(
      `update one_time_code set voided_at = $3
       where phone = $1 and purpose = $2 and used_at is null and voided_at is null`,
      [phone, purpose, now],
    );
  }

  private async read(purpose: CodePurpose, codeId: string, browser: string): Promise<CodeRow> {
    const [row] = await this.database.query<CodeRow>(
      `select *, ${liveAt('$4')} as live from one_time_code where id = $1 and purpose = $2 and browser_hmac = $3`,
      [codeId, purpose, this.browserDigest(browser), this.clock.real()],
    );
    if (!row) throw new CodeNotFound();
    return row;
  }

  private codeDigest(id: string, code: string): Buffer {
    return this.secrets.digest('one-time code', id, code);
  }

  private browserDigest(browser: string): Buffer {
    return this.secrets.digest('browser', browser);
  }
}
