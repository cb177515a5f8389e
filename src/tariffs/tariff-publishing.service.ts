import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import type { Sql } from '../infra/database/sql.js';
import { dayOf } from '../infra/i18n/format.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { findDraft, lockTariff } from './tariff-locks.js';
import { DraftChanged } from './tariffs.errors.js';

const FURTHEST_START_MS = 2 * 366 * 24 * 3_600_000;

/** How a tariff comes before customers and leaves them. What was published never changes. */
@Injectable()
export class TariffPublishing {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Publishes the draft, in force at once or from a moment that lies ahead. Throws `tariff_draft_changed` where it is not
   * the draft that was read, `tariff_starts_in_past`, `tariff_starts_too_late`, `tariff_ends_before_start`.
   */
  publishDraft(tariffId: string, revision: number, from: Date | null, actor: Actor): Promise<void> {
    return this.database.transaction((sql) => this.publish(sql, tariffId, { revision, from }, actor));
  }

  /** The same in the caller's transaction. */
  async publish(
    sql: Sql,
    tariffId: string,
    { revision, from }: { revision: number; from: Date | null },
    actor: Actor,
  ): Promise<void> {
    const { state } = await lockTariff(sql, tariffId);
    if (state === 'archived') throw new DomainError('tariff_archived', 'conflict');
    const draft = await findDraft(sql, tariffId);
    if (draft?.revision !== revision) throw new DraftChanged();
    const now = this.clock.now();
    const validFrom = from ?? now;
    if (validFrom < now) throw new DomainError('tariff_starts_in_past', 'invalid', { field: 'day' });
    if (validFrom.getTime() - now.getTime() > FURTHEST_START_MS) {
      throw new DomainError('tariff_starts_too_late', 'invalid', { field: 'day' });
    }
    if (draft.lastDay !== null && draft.lastDay < dayOf(validFrom, this.config.timeZone)) {
      throw new DomainError('tariff_ends_before_start', 'conflict');
    }
    await sql.query(
      `update tariff_version set state = 'published', valid_from = $2, published_by = $3, published_at = $4 where id = $1`,
      [draft.id, validFrom, actor.kind === 'staff' ? actor.id : null, now],
    );
    await sql.query(`update tariff set state = 'published' where id = $1`, [tariffId]);
    await this.record(sql, 'tariff.published', tariffId, actor, { number: draft.number, from: validFrom });
  }

  /** A version that lies ahead never comes into force. Throws `tariff_version_in_force` where it has begun. */
  async withdrawVersion(tariffId: string, versionId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      await lockTariff(sql, tariffId);
      const [version] = await sql.query<{ number: number }>(
        `update tariff_version set withdrawn_at = $3
         where id = $1 and tariff_id = $2 and state = 'published' and withdrawn_at is null and valid_from > $3
         returning number`,
        [versionId, tariffId, this.clock.now()],
      );
      if (!version) throw new DomainError('tariff_version_in_force', 'conflict');
      await sql.query(`update tariff set state = $2 where id = $1 and state = 'published'`, [
        ...[tariffId, await publishedState(sql, tariffId)],
      ]);
      await this.record(sql, 'tariff.version_withdrawn', tariffId, actor, { number: version.number });
    });
  }

  /** Closed to new customers from now on; the page says so, and who has it keeps it. */
  async archiveTariff(tariffId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const { state } = await lockTariff(sql, tariffId);
      if (state === 'archived') return;
      if (state === 'draft') throw new DomainError('tariff_not_published', 'conflict');
      await sql.query(`update tariff set state = 'archived', archived_at = $2 where id = $1`, [
        ...[tariffId, this.clock.now()],
      ]);
      await this.record(sql, 'tariff.archived', tariffId, actor);
    });
  }

  async reopenTariff(tariffId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const { state } = await lockTariff(sql, tariffId);
      if (state !== 'archived') return;
      const next = await publishedState(sql, tariffId);
      await sql.query('update tariff set state = $2, archived_at = null where id = $1', [tariffId, next]);
      await this.record(sql, 'tariff.reopened', tariffId, actor);
    });
  }

  private record(sql: Sql, action: string, id: string, actor: Actor, facts = {}): Promise<void> {
    return this.audit.record(sql, { actor, action, object: { kind: 'tariff', id }, facts });
  }
}

/** A tariff whose only version was withdrawn before it began is a draft again. */
async function publishedState(sql: Sql, tariffId: string): Promise<'published' | 'draft'> {
  const [version] = await sql.query(
    `select from tariff_version where tariff_id = $1 and state = 'published' and withdrawn_at is null limit 1`,
    [tariffId],
  );
  return version ? 'published' : 'draft';
}
