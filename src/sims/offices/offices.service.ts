import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { OfficeNotFound } from '../sims.errors.js';

export interface OfficeDetails {
  name: string;
  address: string;
}

/** Where SIM cards lie and customers come for them. */
@Injectable()
export class Offices {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Returns its id. Throws `office_name_taken` for the name of another open office. */
  open(office: OfficeDetails, actor: Actor): Promise<string> {
    return this.database.transaction((sql) => this.openWithin(sql, office, actor));
  }

  async openWithin(sql: Sql, { name, address }: OfficeDetails, actor: Actor): Promise<string> {
    const id = newId();
    await expectFreeName(sql, name, id);
    await sql.query('insert into office (id, name, address, created_at) values ($1, $2, $3, $4)', [
      ...[id, name, address, this.clock.now()],
    ]);
    await this.record(sql, 'opened', id, actor);
    return id;
  }

  /** Throws OfficeNotFound, `office_name_taken`. */
  edit(id: string, { name, address }: OfficeDetails, actor: Actor): Promise<void> {
    return this.database.transaction(async (sql) => {
      const { closed } = await lockOffice(sql, id);
      if (!closed) await expectFreeName(sql, name, id);
      await sql.query('update office set name = $2, address = $3 where id = $1', [id, name, address]);
      await this.record(sql, 'edited', id, actor);
    });
  }

  /** Throws OfficeNotFound, `office_not_empty` while cards lie there. */
  close(id: string, actor: Actor): Promise<void> {
    return this.database.transaction(async (sql) => {
      const { closed } = await lockOffice(sql, id);
      if (closed) return;
      const [held] = await sql.query('select 1 from sim_card where office_id = $1 limit 1', [id]);
      if (held) throw new DomainError('office_not_empty', 'conflict');
      await sql.query('update office set closed_at = $2 where id = $1', [id, this.clock.now()]);
      await this.record(sql, 'closed', id, actor);
    });
  }

  /** Throws OfficeNotFound, `office_name_taken`. */
  reopen(id: string, actor: Actor): Promise<void> {
    return this.database.transaction(async (sql) => {
      const { name, closed } = await lockOffice(sql, id);
      if (!closed) return;
      await expectFreeName(sql, name, id);
      await sql.query('update office set closed_at = null where id = $1', [id]);
      await this.record(sql, 'reopened', id, actor);
    });
  }

  private record(sql: Sql, verb: string, id: string, actor: Actor): Promise<void> {
    return this.audit.record(sql, { actor, action: `office.${verb}`, object: { kind: 'office', id } });
  }
}

async function lockOffice(sql: Sql, id: string): Promise<{ name: string; closed: boolean }> {
  const [office] = await sql.query<{ name: string; closed: boolean }>(
    'select name, closed_at is not null as closed from office where id = $1 for update',
    [id],
  );
  if (!office) throw new OfficeNotFound();
  return office;
}

/** One opening at a time, so that the second of two sees the name of the first. */
async function expectFreeName(sql: Sql, name: string, id: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtext('office'))`);
  const [other] = await sql.query(
    'select 1 from office where lower(name) = lower($1) and id <> $2 and closed_at is null',
    [name, id],
  );
  if (other) throw new DomainError('office_name_taken', 'conflict', { field: 'name' });
}
