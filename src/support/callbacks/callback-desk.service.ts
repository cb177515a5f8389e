import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { asksForTime, type ChosenOutcome, type DialResult, isMiss, mayTake, type StoredCallback } from './callback.js';
import { CallbackHours } from './callback-hours.service.js';
import { expectOpen, lockCallback, saveStep } from './callback-rows.js';
import { CallbackChanged, CallbackTaken } from './callbacks.errors.js';
import { MissedCalls } from './missed-calls.service.js';

/** What a clerk saw when they pressed the button. */
export interface SeenCallback {
  id: string;
  version: number;
  clerkId: string;
}

export interface Dial {
  result: DialResult;
  note: string | null;
  /** One of `NEXT_TRIES` or the beginning of a slot; a wrong number is not dialled again. */
  nextTry: string | null;
}

export interface Completion {
  outcome: ChosenOutcome;
  note: string | null;
}

/**
 * What operators do with the queue. Each verb throws CallbackNotFound, CallbackClosed, CallbackTaken with the name of
 * whoever has it, and CallbackChanged where the callback is not what the clerk saw.
 */
@Injectable()
export class CallbackDesk {
  constructor(
    private readonly database: Database,
    private readonly hours: CallbackHours,
    private readonly missedCalls: MissedCalls,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** «Взять»: from now on nobody else dials. Taking what one has already changes nothing. */
  async claim(seen: SeenCallback): Promise<void> {
    await this.database.transaction(async (sql) => {
      const callback = await lockCallback(sql, seen.id);
      expectOpen(callback);
      if (callback.assignee_id === seen.clerkId) return;
      if (callback.assignee_id !== null) throw await this.taken(sql, callback.assignee_id);
      if (callback.version !== seen.version) throw new CallbackChanged();
      const taken = { assignee_id: seen.clerkId, taken_at: this.clock.now().toISOString() };
      await saveStep(sql, callback, 'claimed', taken);
      await this.record(sql, 'callback.claimed', seen);
    });
  }

  /** Back into the queue as it was; also for a colleague who went home with it. */
  async release(seen: SeenCallback): Promise<void> {
    await this.database.transaction(async (sql) => {
      const callback = await lockCallback(sql, seen.id);
      expectOpen(callback);
      if (callback.version !== seen.version || !mayTake('released', callback.state)) throw new CallbackChanged();
      await saveStep(sql, callback, 'released');
      await this.record(sql, 'callback.released', seen);
    });
  }

  /**
   * A dial that did not end the matter: the callback is due again at the next try. A wrong number ends it. After every
   * second miss the customer is asked by SMS when to call. Throws InvalidInput for an hour that is over.
   */
  async recordDial(seen: SeenCallback, { result, note, nextTry }: Dial): Promise<void> {
    const again = result === 'wrong_number' ? null : this.hours.readNextTry(nextTry ?? '');
    await this.database.transaction(async (sql) => {
      const callback = await this.inHand(sql, seen);
      await this.writeDial(sql, seen, { result, note, nextTryAt: again });
      const missed = isMiss(result) ? callback.missed + 1 : 0;
      if (again) {
        // Whoever asked to be called later has chosen the time.
        const due = { due_at: again.toISOString(), at_chosen_time: result === 'talked', missed };
        await saveStep(sql, callback, 'put_off', due);
      } else {
        await saveStep(sql, callback, 'completed', { ...this.closedBy(seen), outcome: 'wrong_number' });
      }
      const asked = isMiss(result) && asksForTime(missed) && (await this.missedCalls.askForTime(sql, callback));
      await this.record(sql, 'callback.dialled', seen, { result, asked });
    });
    this.missedCalls.ring();
  }

  /** The matter is closed: we talked, or gave up. */
  async complete(seen: SeenCallback, { outcome, note }: Completion): Promise<void> {
    await this.database.transaction(async (sql) => {
      const callback = await this.inHand(sql, seen);
      if (outcome !== 'unreachable') await this.writeDial(sql, seen, { result: 'talked', note, nextTryAt: null });
      else if (note !== null) await this.writeComment(sql, seen, note);
      await saveStep(sql, callback, 'completed', { ...this.closedBy(seen), outcome });
      await this.record(sql, 'callback.completed', seen, { outcome });
    });
  }

  /** A note for colleagues, whatever the state and whoever has it. Throws CallbackNotFound. */
  async comment(id: string, clerkId: string, body: string): Promise<void> {
    await this.database.transaction(async (sql) => {
      await lockCallback(sql, id);
      await this.writeComment(sql, { id, clerkId }, body);
    });
  }

  /** Locks what this clerk has in hand. */
  private async inHand(sql: Sql, { id, version, clerkId }: SeenCallback): Promise<StoredCallback> {
    const callback = await lockCallback(sql, id);
    expectOpen(callback);
    if (callback.assignee_id !== null && callback.assignee_id !== clerkId) {
      throw await this.taken(sql, callback.assignee_id);
    }
    if (callback.assignee_id === null || callback.version !== version) throw new CallbackChanged();
    return callback;
  }

  private closedBy({ clerkId }: SeenCallback): Pick<StoredCallback, 'closed_at' | 'closed_by'> {
    return { closed_at: this.clock.now().toISOString(), closed_by: clerkId };
  }

  private async taken(sql: Sql, staffId: string): Promise<CallbackTaken> {
    const [staff] = await sql.query<{ name: string }>('select name from staff where id = $1', [staffId]);
    return new CallbackTaken(staff?.name ?? '—');
  }

  private async writeDial(
    sql: Sql,
    { id, clerkId }: SeenCallback,
    { result, note, nextTryAt }: Pick<Dial, 'result' | 'note'> & { nextTryAt: Date | null },
  ): Promise<void> {
    await sql.query(
      `insert into callback_dial (id, callback_id, staff_id, result, note, next_try_at, dialled_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), id, clerkId, result, note, nextTryAt, this.clock.now()],
    );
  }

  private async writeComment(sql: Sql, { id, clerkId }: Omit<SeenCallback, 'version'>, body: string): Promise<void> {
    await sql.query(
      'insert into callback_comment (id, callback_id, staff_id, body, written_at) values ($1, $2, $3, $4, $5)',
      [newId(), id, clerkId, body, this.clock.now()],
    );
    await this.record(sql, 'callback.commented', { id, clerkId });
  }

  private record(
    sql: Sql,
    action: string,
    { id, clerkId }: Pick<SeenCallback, 'id' | 'clerkId'>,
    facts: Record<string, unknown> = {},
  ): Promise<void> {
    const actor = { kind: 'staff', id: clerkId } as const;
    return this.audit.record(sql, { actor, action, object: { kind: 'callback', id }, facts });
  }
}
