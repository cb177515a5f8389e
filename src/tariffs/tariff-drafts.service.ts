import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Database } from '../infra/database/database.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { DomainError, InvalidInput } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { TERM_COLUMNS, type TariffTerms } from './tariff-terms.js';
import type { VersionOrigin } from './tariff-version.entity.js';
import { findDraft, lockTariff } from './tariff-locks.js';
import { DraftChanged } from './tariffs.errors.js';

export interface NewTariff {
  operatorId: string;
  slug: string;
  origin?: VersionOrigin;
}

const FIELDS = Object.keys(TERM_COLUMNS) as (keyof TariffTerms)[];
const COLUMNS = Object.values(TERM_COLUMNS);
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

/** What staff write before anybody else sees it: a tariff has one draft at a time. */
@Injectable()
export class TariffDrafts {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A new tariff with its first draft; returns its id. Refuses an address that is taken and an operator that is not there. */
  async draftTariff(place: NewTariff, terms: TariffTerms, actor: Actor): Promise<string> {
    try {
      return await this.database.transaction((sql) => this.draft(sql, place, terms, actor));
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === UNIQUE_VIOLATION) throw new InvalidInput([{ path: 'slug', code: 'tariff_slug_taken' }]);
      if (code === FOREIGN_KEY_VIOLATION) throw new InvalidInput([{ path: 'operatorId', code: 'choose' }]);
      throw error;
    }
  }

  /** The same in the caller's transaction. */
  async draft(sql: Sql, place: NewTariff, terms: TariffTerms, actor: Actor): Promise<string> {
    const id = newId();
    await sql.query('insert into tariff (id, operator_id, slug, created_at) values ($1, $2, $3, $4)', [
      ...[id, place.operatorId, place.slug, this.clock.now()],
    ]);
    await this.write(sql, { tariffId: id, number: 1, origin: place.origin ?? 'staff' }, terms, actor);
    await this.record(sql, 'tariff.drafted', id, actor, { slug: place.slug });
    return id;
  }

  /**
   * Saves the draft, or begins one where there is none (`revision` null). Throws `tariff_draft_changed` where the draft is
   * no longer the one that was read, `tariff_archived`.
   */
  async saveDraft(tariffId: string, revision: number | null, terms: TariffTerms, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const { state } = await lockTariff(sql, tariffId);
      if (state === 'archived') throw new DomainError('tariff_archived', 'conflict');
      const draft = await findDraft(sql, tariffId);
      if ((draft?.revision ?? null) !== revision) throw new DraftChanged();
      if (draft) await this.rewrite(sql, draft.id, terms);
      else await this.write(sql, { tariffId, number: await nextNumber(sql, tariffId), origin: 'staff' }, terms, actor);
      await this.record(sql, 'tariff.draft_saved', tariffId, actor, { number: draft?.number ?? 'new' });
    });
  }

  /** Throws the draft away, and the tariff with it where it never was anything else; answers whether the tariff is left. */
  async discardDraft(tariffId: string, revision: number, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (sql) => {
      await lockTariff(sql, tariffId);
      const draft = await findDraft(sql, tariffId);
      if (draft?.revision !== revision) throw new DraftChanged();
      await sql.query('delete from tariff_version where id = $1', [draft.id]);
      const [left] = await sql.query('select from tariff_version where tariff_id = $1 limit 1', [tariffId]);
      if (!left) await sql.query('delete from tariff where id = $1', [tariffId]);
      await this.record(sql, 'tariff.draft_discarded', tariffId, actor, { number: draft.number });
      return left !== undefined;
    });
  }

  private async write(
    sql: Sql,
    { tariffId, number, origin }: { tariffId: string; number: number; origin: VersionOrigin },
    terms: TariffTerms,
    actor: Actor,
  ): Promise<void> {
    const own = [newId(), tariffId, number, origin, actor.kind === 'staff' ? actor.id : null, this.clock.now()];
    const places = COLUMNS.map((_column, index) => `$${own.length + index + 1}`).join(', ');
    await sql.query(
      `insert into tariff_version (id, tariff_id, number, origin, created_by, created_at, ${COLUMNS.join(', ')})
       values ($1, $2, $3, $4, $5, $6, ${places})`,
      [...own, ...valuesOf(terms)],
    );
  }

  /** Whoever saves it answers for what it says: a draft of the demo is the staff's own from then on. */
  private async rewrite(sql: Sql, id: string, terms: TariffTerms): Promise<void> {
    const changes = COLUMNS.map((column, index) => `${column} = $${index + 2}`).join(', ');
    await sql.query(`update tariff_version set ${changes}, origin = 'staff', revision = revision + 1 where id = $1`, [
      id,
      ...valuesOf(terms),
    ]);
  }

  private record(sql: Sql, action: string, id: string, actor: Actor, facts: Record<string, unknown>): Promise<void> {
    return this.audit.record(sql, { actor, action, object: { kind: 'tariff', id }, facts });
  }
}

function valuesOf(terms: TariffTerms): unknown[] {
  return FIELDS.map((field) => terms[field]);
}

async function nextNumber(sql: Sql, tariffId: string): Promise<number> {
  const [row] = await sql.query<{ next: number }>(
    'select coalesce(max(number), 0) + 1 as next from tariff_version where tariff_id = $1',
    [tariffId],
  );
  return row!.next;
}
