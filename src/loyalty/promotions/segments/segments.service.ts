import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../../audit/audit-log.service.js';
import { Config } from '../../../infra/config/config.js';
import { Database } from '../../../infra/database/database.js';
import type { Sql } from '../../../infra/database/sql.js';
import type { Actor } from '../../../shared/actor.js';
import { Clock } from '../../../shared/clock.js';
import { newId } from '../../../shared/ids.js';
import { conditionSql, type SegmentConditions } from './segment-conditions.js';

/** Either conditions or a list of phones (`+79210001122`). */
export type SegmentForm = { name: string } & ({ conditions: SegmentConditions } | { phones: readonly string[] });

export interface Segment {
  id: string;
  name: string;
  conditions: SegmentConditions | null;
  members: number;
  refreshed_at: string;
}

const LONG = { statementTimeoutMs: 120_000 };

/** Groups of customers that promotions may be for. Who belongs is written down, so that a till only looks it up. */
@Injectable()
export class Segments {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  list(): Promise<Segment[]> {
    return this.database.query<Segment>(
      'select id, name, conditions, members, refreshed_at from segment order by name, id',
    );
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
      if ('phones' in form) await this.fillByPhones(sql, id, form.phones);
      else await this.fill(sql, id, form.conditions);
      const members = await this.count(sql, id);
      const facts = { members, kind: conditions ? 'conditions' : 'phones' };
      await this.audit.record(sql, { actor, action: 'segment.saved', object: { kind: 'segment', id }, facts });
      return { id, members };
    }, LONG);
  }

  /** Works out anew whom conditions hold; lists stay as they are. Every night, each in a transaction of its own. */
  async refreshAll(): Promise<void> {
    for (const { id, conditions } of await this.list()) {
      if (conditions) await this.refresh(id, conditions);
    }
  }

  private refresh(id: string, conditions: SegmentConditions): Promise<void> {
    return this.database.transaction(async (sql) => {
      await sql.query('select id from segment where id = $1 for update', [id]);
      await sql.query('delete from segment_member where segment_id = $1', [id]);
      await this.fill(sql, id, conditions);
      await this.count(sql, id);
    }, LONG);
  }

  private async fill(sql: Sql, id: string, conditions: SegmentConditions): Promise<void> {
    const params: unknown[] = [id];
    const where = conditionSql(conditions, this.clock.now(), this.config.timeZone, params);
    await sql.query(`insert into segment_member select $1::uuid, c.id from customer c where ${where}`, params);
  }

  private async fillByPhones(sql: Sql, id: string, phones: readonly string[]): Promise<void> {
    await sql.query(
      `insert into segment_member select $1, o.id from login l join customer o on o.id = l.id where l.phone = any($2)`,
      [id, phones],
    );
  }

  private async count(sql: Sql, id: string): Promise<number> {
    const [row] = await sql.query<{ members: number }>(
      `update segment set refreshed_at = $2,
         members = (select count(*)::int from segment_member where segment_id = $1)
       where id = $1 returning members`,
      [id, this.clock.now()],
    );
    return row!.members;
  }
}

function staffId(actor: Actor): string | null {
  return actor.kind === 'staff' ? (actor.id ?? null) : null;
}
