import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import type { IdentityCheck } from '../logins/office-codes.service.js';

export interface PhoneChange {
  id: string;
  login_id: string;
  /** E.164: the phone that is to be the contact phone. */
  phone: string;
  /** Which of the two phones the code is asked for that was sent last. */
  state: 'old_phone' | 'new_phone' | 'done' | 'replaced';
  code_id: string;
  staff_id: string | null;
  identity_check: IdentityCheck | null;
  /** Whether it may still be gone on with. */
  live: boolean;
}

export interface NewPhoneChange {
  loginId: string;
  phone: string;
  state: 'old_phone' | 'new_phone';
  codeId: string;
  staff: { id: string; check: IdentityCheck } | null;
}

/** Codes live for five minutes each; both numbers, and a new code for either, are to fit in. */
const LIFETIME_MS = 20 * 60_000;
const COLUMNS = 'id, login_id, phone, state, code_id, staff_id, identity_check';
const LIVE = `state in ('old_phone', 'new_phone') and expires_at`;

/** Changes of contact phones under way: one a login, in the caller's transaction. */
@Injectable()
export class PhoneChangeBook {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** In place of one that is under way. The login's lock is the caller's. */
  async begin(sql: Sql, { loginId, phone, state, codeId, staff }: NewPhoneChange): Promise<string> {
    const id = newId();
    const now = this.clock.real();
    await sql.query(
      `update phone_change set state = 'replaced' where login_id = $1 and state in ('old_phone', 'new_phone')`,
      [loginId],
    );
    await sql.query(
      `insert into phone_change (id, login_id, phone, state, code_id, staff_id, identity_check, expires_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, loginId, phone, state, codeId, staff?.id ?? null, staff?.check ?? null, this.after(now), now],
    );
    return id;
  }

  /** Throws not_found for another login's, and for staff's where it was begun without them, and the other way round. */
  async find(id: string, loginId: string, staffId: string | null): Promise<PhoneChange> {
    const [change] = await this.database.query<PhoneChange>(
      `select ${COLUMNS}, ${LIVE} > $4 as live from phone_change
       where id = $1 and login_id = $2 and staff_id is not distinct from $3`,
      [id, loginId, staffId, this.clock.real()],
    );
    if (!change) throw new DomainError('not_found', 'not_found');
    return change;
  }

  /** Another code is asked for from now on. False where the change stands elsewhere by now. */
  async moveOn(sql: Sql, change: PhoneChange, to: Pick<NewPhoneChange, 'state' | 'codeId'>): Promise<boolean> {
    const moved = await sql.query(
      `update phone_change set state = $3, code_id = $4 where id = $1 and code_id = $2 and ${LIVE} > $5 returning 1`,
      [change.id, change.code_id, to.state, to.codeId, this.clock.real()],
    );
    return moved.length === 1;
  }

  /** False where somebody was faster, began another one or let it run out. */
  async finish(sql: Sql, { id, code_id }: PhoneChange): Promise<boolean> {
    const done = await sql.query(
      `update phone_change set state = 'done', done_at = $3
       where id = $1 and code_id = $2 and state = 'new_phone' and expires_at > $3 returning 1`,
      [id, code_id, this.clock.real()],
    );
    return done.length === 1;
  }

  /** Whether staff changed this contact since then. */
  async staffChangedSince(sql: Sql, loginId: string, since: Date): Promise<boolean> {
    const done = await sql.query(
      `select from phone_change where login_id = $1 and state = 'done' and staff_id is not null and done_at > $2 limit 1`,
      [loginId, since],
    );
    return done.length > 0;
  }

  private after(now: Date): Date {
    return new Date(now.getTime() + LIFETIME_MS);
  }
}
