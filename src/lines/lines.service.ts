import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { FirstPasswords } from '../auth/first-log-in/first-passwords.service.js';
import { Logins } from '../auth/logins/logins.service.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { OperatorTasks } from '../tasks/operator-tasks.service.js';
import { TaskInFlight } from '../tasks/tasks.errors.js';
import { type LineEvent, lockLine, lockLineAndLogin, type LockedLine, recordHappening } from './line-rows.js';
import { mayBecome } from './line-state.js';
import { LineNumberTaken, LineStateForbids } from './lines.errors.js';
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

/** What an operator's task brought about. */
interface Cause {
  taskId: string;
  actor: Actor;
}

/** What another room does when a line ends, in the same transaction. */
export interface LineEnd {
  /** Locks what is locked before a login and a line: SIM cards. */
  lock: (sql: Sql, lineId: string) => Promise<void>;
  ended: (sql: Sql, lineId: string, actor: Actor) => Promise<void>;
}

/** A customer's live numbers, always in the caller's transaction and under the line's lock. */
@Injectable()
export class Lines {
  private readonly ends: LineEnd[] = [];

  constructor(
    private readonly accounts: PersonalAccounts,
    private readonly logins: Logins,
    private readonly first: FirstPasswords,
    private readonly tasks: OperatorTasks,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A room's part in the end of lines. */
  whenEnded(end: LineEnd): void {
    this.ends.push(end);
  }

  /**
   * When a SIM card is handed over (T6): the account and the line, and where the customer uses it themselves the number and
   * the card's digits as the way into the cabinet (A1, A3). Returns the line's id. Throws LineNumberTaken.
   */
  async open(sql: Sql, line: NewLine): Promise<string> {
    const { customerId, number, tariffVersionId, usedBy, actor } = line;
    const accountId = await this.accounts.findOrOpen(sql, customerId);
    await this.expectFree(sql, number);
    const id = newId();
    await sql.query(
      `insert into line (id, customer_id, account_id, operator_id, tariff_version_id, number, sim_id, order_id, state, used_by, opened_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'handed_over', $9, $10)`,
      [
        ...[id, customerId, accountId, line.operatorId, tariffVersionId, number, line.simId, line.orderId],
        ...[usedBy, this.clock.now()],
      ],
    );
    await this.note(sql, { id, tariff_version_id: tariffVersionId }, 'opened', { actor });
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
    await this.note(sql, line, 'activated', { actor });
  }

  /**
   * Says who uses the line; null is the customer. A number that somebody else uses opens no cabinet and its SIM card's
   * digits no door (A1, A3). Of a company's line `LineUsers` says it, with what ESIA asks for. Throws LineNotFound,
   * LineStateForbids.
   */
  async changeUser(sql: Sql, lineId: string, usedBy: string | null, actor: Actor): Promise<void> {
    const line = await lockLineAndLogin(sql, this.logins, lineId);
    if (line.state === 'ended') throw new LineStateForbids();
    if (line.used_by === usedBy) return;
    await sql.query('update line set used_by = $2, user_kind = null, user_note = null where id = $1', [lineId, usedBy]);
    if (usedBy === null) await this.logins.addNumber(sql, line.customer_id, line.number);
    else await this.closeCabinet(sql, line.number);
    await this.note(sql, line, 'user_changed', { actor });
  }

  /**
   * For good; the number opens nothing from then on, and the operator need do nothing more for it. Throws LineNotFound,
   * LineStateForbids, and TaskInFlight where somebody asked the operator for something in this very moment.
   */
  async end(sql: Sql, lineId: string, reason: string, actor: Actor): Promise<void> {
    // Orders and cards that a task is about are locked before the line.
    await this.tasks.callOff(sql, lineId, { actor, words: reason });
    for (const { lock } of this.ends) await lock(sql, lineId);
    const line = await this.lock(sql, lineId);
    if (await this.tasks.openTaskOf(sql, lineId)) throw new TaskInFlight();
    if (!mayBecome(line.state, 'ended')) throw new LineStateForbids();
    await sql.query(`update line set state = 'ended', ended_at = $2 where id = $1`, [lineId, this.clock.now()]);
    await this.closeCabinet(sql, line.number);
    await this.note(sql, line, 'ended', { actor, reason });
    for (const { ended } of this.ends) await ended(sql, lineId, actor);
  }

  /** The operator stopped it for a time, or goes on with it. Throws LineStateForbids. */
  async moveTo(sql: Sql, lineId: string, state: 'suspended' | 'active', cause: Cause): Promise<void> {
    const line = await this.lock(sql, lineId);
    if (!mayBecome(line.state, state)) throw new LineStateForbids();
    await sql.query('update line set state = $2 where id = $1', [lineId, state]);
    await this.note(sql, line, state === 'active' ? 'resumed' : 'suspended', cause);
  }

  /** From now on on this version of a tariff. Throws LineStateForbids. */
  async putOn(sql: Sql, lineId: string, tariffVersionId: string, cause: Cause): Promise<void> {
    const line = await this.lockLive(sql, lineId);
    await sql.query('update line set tariff_version_id = $2 where id = $1', [lineId, tariffVersionId]);
    await this.note(sql, { id: line.id, tariff_version_id: tariffVersionId }, 'tariff_changed', cause);
  }

  /**
   * Another number, come over from another operator; its customer's login is locked. The former one opens nothing any more, nor
   * do digits that came with it; the new one opens the cabinet unless somebody else uses it. Throws LineNumberTaken,
   * LineStateForbids.
   */
  async renumber(sql: Sql, lineId: string, number: string, cause: Cause): Promise<void> {
    const line = await this.lockLive(sql, lineId);
    await this.expectFree(sql, number);
    await sql.query('update line set number = $2 where id = $1', [lineId, number]);
    await this.closeCabinet(sql, line.number);
    if (line.used_by === null) await this.logins.addNumber(sql, line.customer_id, number);
    await this.note(sql, line, 'number_changed', cause);
  }

  /** Another card for the same number: the digits of the former one open nothing, and those of this one never will (A3). */
  async putSim(sql: Sql, lineId: string, simId: string, cause: Cause): Promise<LockedLine> {
    const line = await this.lockLive(sql, lineId);
    await sql.query('update line set sim_id = $2 where id = $1', [lineId, simId]);
    await this.first.end(sql, { phone: line.number }, 'taken_back');
    await this.note(sql, line, 'sim_replaced', cause);
    return line;
  }

  /** Throws LineNotFound. */
  lock(sql: Sql, lineId: string): Promise<LockedLine> {
    return lockLine(sql, lineId);
  }

  /** Behind its customer's login, for what changes how they come in. Throws LineNotFound, LineChanged. */
  async lockWithLogin(sql: Sql, lineId: string): Promise<void> {
    await lockLineAndLogin(sql, this.logins, lineId);
  }

  private async lockLive(sql: Sql, lineId: string): Promise<LockedLine> {
    const line = await this.lock(sql, lineId);
    if (line.state === 'ended') throw new LineStateForbids();
    return line;
  }

  private async expectFree(sql: Sql, number: string): Promise<void> {
    const taken = await sql.query(`select from line where number = $1 and state <> 'ended'`, [number]);
    if (taken.length > 0) throw new LineNumberTaken();
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
  note(
    sql: Sql,
    line: Pick<LockedLine, 'id' | 'tariff_version_id'>,
    kind: LineEvent,
    cause: { actor: Actor; reason?: string; taskId?: string },
  ): Promise<void> {
    return recordHappening(sql, this.audit, { line, kind, ...cause, at: this.clock.now() });
  }
}
