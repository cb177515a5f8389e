import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../../audit/audit-log.service.js';
import { Config } from '../../../infra/config/config.js';
import { Database } from '../../../infra/database/database.js';
import type { Sql } from '../../../infra/database/sql.js';
import type { Actor } from '../../../shared/actor.js';
import { Clock } from '../../../shared/clock.js';
import { DomainError } from '../../../shared/domain-error.js';
import { newId } from '../../../shared/ids.js';
import type { SegmentConditions } from './segment-conditions.js';
import { addByPhones, clearMembers, countMembers, fillByConditions, removeByPhones } from './segment-members.js';

/** Either conditions or a list of phones (`+79210001122`). */
export type SegmentForm = { name: string } & ({ conditions: SegmentConditions } | { phones: readonly string[] });

/** What a change may say: one made by conditions gets new ones, of a list some go and others come. */
export type SegmentChange = { name: string } & (
  { conditions: SegmentConditions } | { added: readonly string[]; removed: readonly string[] }
);

export interface Segment {
  id: string;
  name: string;
  conditions: SegmentConditions | null;
  members: number;
  refreshed_at: string;
  deleted_at: string | null;
}

const LONG = { statementTimeoutMs: 120_000 };
const COLUMNS = 'id, name, conditions, members, refreshed_at, deleted_at';

/** Groups of customers that promotions may be for. Who belongs is written down, so that a till only looks it up. */
@Injectable()
export class Segments {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The deleted ones too where they are asked for: the history of promotions names them. */
  list({ deleted } = { deleted: false }): Promise<Segment[]> {
    return this.database.query<Segment>(
      `select ${COLUMNS} from segment where deleted_at is null or $1 order by name, id`,
      [deleted],
    );
  }

  /** Throws `not_found` for a deleted one as well. */
  async findSegment(id: string): Promise<Segment> {
    return found(await this.database.query<Segment>(`${SELECT}`, [id]));
  }

  /** Saves it with its members of this moment; of phones, those that are customers'. Returns how many there are. */
  async saveSegment(form: SegmentForm, actor: Actor): Promise<{ id: string; members: number }> {
    const id = newId();
    const conditions = 'conditions' in form ? form.conditions : null;
    return this.database.transaction(async (sql) => {
      await sql.query(
        `insert into segment (id, name, conditions, refreshed_at, created_by, created_at) values ($1, $2, $3, $4, $5, $4)`,
        [id, form.name, conditions && JSON.stringify(conditions), this.clock.now(), staffId(actor)],
      );
      if ('phones' in form) await addByPhones(sql, id, form.phones);
      else await fillByConditions(sql, id, form.conditions, this.moment());
      const members = await countMembers(sql, id, this.clock.now());
      await this.record(sql, actor, 'saved', id, { members, kind: conditions ? 'conditions' : 'phones' });
      return { id, members };
    }, LONG);
  }

  /**
   * Names it anew, changes whom it holds and counts them; returns how many there are. Whom it holds is part of the terms of
   * promotions for it: `segment_in_use` while one of them has not ended; a new name is always allowed.
   */
  async changeSegment(id: string, change: SegmentChange, actor: Actor): Promise<{ members: number }> {
    return this.database.transaction(async (sql) => {
      const before = await lock(sql, id);
      const conditions = 'conditions' in change ? change.conditions : null;
      if (changesMembers(before, change)) await this.refuseUsed(sql, id);
      await sql.query('update segment set name = $2, conditions = $3 where id = $1', [
        ...[id, change.name, conditions && JSON.stringify(conditions)],
      ]);
      if ('conditions' in change) {
        await fillByConditions(sql, id, change.conditions, this.moment());
      } else {
        await addByPhones(sql, id, change.added);
        await removeByPhones(sql, id, change.removed);
      }
      const members = await countMembers(sql, id, this.clock.now());
      const facts = { members, before: before.members, renamed: change.name !== before.name };
      await this.record(sql, actor, 'changed', id, facts);
      return { members };
    }, LONG);
  }

  /** It holds nobody from then on and can be chosen no more. Throws `segment_in_use` while a promotion for it has not ended. */
  async deleteSegment(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const { members } = await lock(sql, id);
      await this.refuseUsed(sql, id);
      await clearMembers(sql, id);
      await sql.query('update segment set deleted_at = $2, members = 0 where id = $1', [id, this.clock.now()]);
      await this.record(sql, actor, 'deleted', id, { members });
    }, LONG);
  }

  /** Works out anew whom conditions hold; lists stay as they are. Every night, each in a transaction of its own. */
  async refreshAll(): Promise<void> {
    for (const { id, conditions } of await this.list()) {
      if (conditions) await this.refresh(id);
    }
  }

  private refresh(id: string): Promise<void> {
    return this.database.transaction(async (sql) => {
      // It may have been changed or deleted since it was listed.
      const [segment] = await sql.query<Segment>(`${SELECT} for update`, [id]);
      if (!segment?.conditions) return;
      await fillByConditions(sql, id, segment.conditions, this.moment());
      await countMembers(sql, id, this.clock.now());
    }, LONG);
  }

  /** One whose last day is over is over, but may be given new days: it counts until staff end it. */
  private async refuseUsed(sql: Sql, id: string): Promise<void> {
    const using = await sql.query<{ title: string }>(
      `select terms ->> 'title' as title from promotion where state <> 'ended' and terms ->> 'segmentId' = $1
       order by number limit 5`,
      [id],
    );
    if (using.length === 0) return;
    throw new DomainError('segment_in_use', 'conflict', { titles: using.map(({ title }) => `«${title}»`).join(', ') });
  }

  private moment(): { now: Date; zone: string } {
    return { now: this.clock.now(), zone: this.config.timeZone };
  }

  private record(sql: Sql, ...[actor, verb, id, facts]: [Actor, string, string, Record<string, unknown>]) {
    return this.audit.record(sql, { actor, action: `segment.${verb}`, object: { kind: 'segment', id }, facts });
  }
}

const SELECT = `select ${COLUMNS} from segment where id = $1 and deleted_at is null`;

async function lock(sql: Sql, id: string): Promise<Segment> {
  return found(await sql.query<Segment>(`${SELECT} for update`, [id]));
}

function found([segment]: Segment[]): Segment {
  if (!segment) throw new DomainError('not_found', 'not_found');
  return segment;
}

function changesMembers(before: Segment, change: SegmentChange): boolean {
  if (!('conditions' in change)) return change.added.length > 0 || change.removed.length > 0;
  const kept = before.conditions as unknown as Record<string, unknown> | null;
  return Object.entries(change.conditions).some(([name, value]) => kept?.[name] !== value);
}

function staffId(actor: Actor): string | null {
  return actor.kind === 'staff' ? (actor.id ?? null) : null;
}
