import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';

export interface AuditRow {
  seq: string;
  at: string;
  actor_kind: Actor['kind'];
  actor_id: string | null;
  /** Of staff only: who else did something stays an id here. */
  actor_name: string | null;
  action: string;
  object_kind: string;
  object_id: string;
  facts: Record<string, unknown>;
  ip: string | null;
}

export interface AuditFilter {
  actorKind?: Actor['kind'] | null;
  objectKinds?: readonly string[] | null;
  objectIds?: readonly string[] | null;
}

const PAGE = 100;

@Injectable()
export class AuditQueries {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(filter: AuditFilter, after?: unknown, size = PAGE): Promise<Page<AuditRow>> {
    const params: unknown[] = [];
    const where = ['true'];
    if (filter.actorKind) where.push(`log.actor_kind = $${params.push(filter.actorKind)}`);
    if (filter.objectKinds) where.push(`log.object_kind = any($${params.push(filter.objectKinds)})`);
    if (filter.objectIds) where.push(`log.object_id = any($${params.push(filter.objectIds)})`);
    const key = readKey(after, ['number']);
    if (key) where.push(`log.seq < $${params.push(key[0])}`);
    const rows = await this.database.query<AuditRow>(
      `select log.seq, log.at, log.actor_kind, log.actor_id, staff.name as actor_name, log.action, log.object_kind,
              log.object_id, log.facts, host(log.ip) as ip
       from audit_log log left join staff on log.actor_kind = 'staff' and staff.id = log.actor_id
       where ${where.join(' and ')} order by log.seq desc limit ${size + 1}`,
      params,
    );
    return pageOf(rows, size, (row) => [row.seq]);
  }
}
