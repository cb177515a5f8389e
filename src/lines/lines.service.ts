import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { FirstPasswords } from '../auth/first-log-in/first-passwords.service.js';
import { Logins } from '../auth/logins/logins.service.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import type { EsiaState } from './esia/esia.js';
import { type LineState, mayBecome } from './line-state.js';
import { LineNotFound, LineNumberTaken, LineStateForbids } from './lines.errors.js';
import { PersonalAccounts } from './personal-accounts.service.js';

export interface NewLine {
  customerId: string;
  operatorId: string;
  /** The version of the tariff that was agreed upon; the line keeps it until it is moved. */
  tariffVersionId: string;
  /** E.164. */
  number: string;
  simId: string;
  orderId: string;
  /** Who uses it, where that is not the customer: then its number opens no cabinet. */
  usedBy: string | null;
  /** The last four digits of the SIM card as printed, in each reading: the first password of the cabinet. */
  tails: readonly string[];
  actor: Actor;
}

export type LineEvent = 'opened' | 'activated' | 'user_changed' | 'ended' | `esia_${EsiaState}`;

export interface LockedLine {
  id: string;
  customer_id: string;
  number: string;
  state: LineState;
  used_by: string | null;
  tariff_version_id: string;
}

interface Happening {
  line: { id: string; tariffVersionId: string };
  kind: LineEvent;
  actor: Actor;
  reason?: string;
}

/** A customer's live numbers, always in the caller's transaction and under the line's lock. */
@Injectable()
export class Lines {
  constructor(
    private readonly accounts: PersonalAccounts,
    private readonly logins: Logins,
    private readonly first: FirstPasswords,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * When a SIM card is handed over (T6): the account and the line, and where the customer uses it themselves the number and
   * the card's digits as the way into the cabinet (A1, A3). Returns the line's id. Throws LineNumberTaken.
   */
  async open(sql: Sql, line: NewLine): Promise<string> {
    const { customerId, number, tariffVersionId, usedBy, actor } = line;
    const accountId = await this.accounts.findOrOpen(sql, customerId);
    const taken = await sql.query(`select from line where number = $1 and state <> 'ended'`, [number]);
    if (taken.length > 0) throw new LineNumberTaken();
    const id = newId();
    await sql.query(
      `insert into line (id, customer_id, account_id, operator_id, tariff_version_id, number, sim_id, order_id, state, used_by, opened_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'handed_over', $9, $10)`,
      [
        ...[id, customerId, accountId, line.operatorId, tariffVersionId, number, line.simId, line.orderId],
        ...[usedBy, this.clock.now()],
      ],
    );
    await this.note(sql, { line: { id, tariffVersionId }, kind: 'opened', actor });
    if (usedBy === null) await this.openCabinet(sql, line);
    return id;
  }

  /** The operator has switched the number on; twice is as good as once. Throws LineNotFound, LineStateForbids. */
  async activate(sql: Sql, lineId: string, actor: Actor): Promise<void> {
    const line = await this.lock(sql, lineId);
    if (line.state === 'active') return;
    if (!mayBecome(line.state, 'active')) throw new LineStateForbids();
    await sql.query(
      `update line set state = 'active', activated_at = coalesce(activated_at, greatest(opened_at, $2)) where id = $1`,
      [lineId, this.clock.now()],
    );
    await this.note(sql, { line: named(line), kind: 'activated', actor });
  }

  /**
   * Says who uses the line; null is the customer. A number that somebody else uses opens no cabinet and its SIM card's
   * digits no door (A1, A3). Of a company's line `LineUsers` says it, with what ESIA asks for. Throws LineNotFound,
   * LineStateForbids.
   */
  async changeUser(sql: Sql, lineId: string, usedBy: string | null, actor: Actor): Promise<void> {
    const line = await this.lock(sql, lineId);
    if (line.state === 'ended') throw new LineStateForbids();
    if (line.used_by === usedBy) return;
    await sql.query('update line set used_by = $2, user_kind = null, user_note = null where id = $1', [lineId, usedBy]);
    if (usedBy === null) await this.logins.addNumber(sql, line.customer_id, line.number);
    else await this.closeCabinet(sql, line.number);
    await this.note(sql, { line: named(line), kind: 'user_changed', actor });
  }

  /** For good; the number opens nothing from then on. Throws LineNotFound, LineStateForbids. */
  async end(sql: Sql, lineId: string, reason: string, actor: Actor): Promise<void> {
    const line = await this.lock(sql, lineId);
    if (!mayBecome(line.state, 'ended')) throw new LineStateForbids();
    await sql.query(`update line set state = 'ended', ended_at = $2 where id = $1`, [lineId, this.clock.now()]);
    await this.closeCabinet(sql, line.number);
    await this.note(sql, { line: named(line), kind: 'ended', actor, reason });
  }

  /** Throws LineNotFound. */
  async lock(sql: Sql, lineId: string): Promise<LockedLine> {
    const [line] = await sql.query<LockedLine>(
      'select id, customer_id, number, state, used_by, tariff_version_id from line where id = $1 for update',
      [lineId],
    );
    if (!line) throw new LineNotFound();
    return line;
  }

  private async openCabinet(sql: Sql, { customerId, number, tails, actor }: NewLine): Promise<void> {
    await this.logins.addNumber(sql, customerId, number);
    await this.first.open(sql, { loginId: customerId, phone: number, tails, actor });
  }

  private async closeCabinet(sql: Sql, number: string): Promise<void> {
    await this.logins.removeNumber(sql, number);
    await this.first.end(sql, { phone: number }, 'taken_back');
  }

  /** What happened to a line, for its history and for the audit. */
  async note(sql: Sql, { line, kind, actor, reason }: Happening): Promise<void> {
    await sql.query(
      `insert into line_event (line_id, kind, tariff_version_id, actor_kind, actor_id, reason, at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [line.id, kind, line.tariffVersionId, actor.kind, actor.id ?? null, reason ?? null, this.clock.now()],
    );
    await this.audit.record(sql, { actor, action: `line.${kind}`, object: { kind: 'line', id: line.id } });
  }
}

function named({ id, tariff_version_id }: LockedLine): Happening['line'] {
  return { id, tariffVersionId: tariff_version_id };
}
