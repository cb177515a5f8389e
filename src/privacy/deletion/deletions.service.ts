import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Logins } from '../../auth/logins/logins.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { PersonalData } from '../../infra/personal-data/personal-data.js';
import { SYSTEM } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';

const DAY_MS = 24 * 3600_000;
/** To change one's mind; the law allows thirty days after a consent is withdrawn (152-FZ, article 21). */
const GRACE_DAYS = 7;

/** A cabinet deleted by its owner's wish: asked for, a week later done for good. Times are business time. */
@Injectable()
export class Deletions {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
    private readonly logins: Logins,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** When it will be done; null where nobody asked. */
  async pending(customerId: string): Promise<Date | null> {
    const [asked] = await this.database.query<{ due_at: string }>(
      'select due_at from account_deletion where customer_id = $1 and cancelled_at is null and done_at is null',
      [customerId],
    );
    return asked ? new Date(asked.due_at) : null;
  }

  /** Why it cannot be yet: keys of `deletion:obstacles`. */
  async obstacles(customerId: string): Promise<string[]> {
    return this.obstaclesOf(this.database, await this.idsOf(this.database, customerId));
  }

  /** Whoever asks has just proved who they are. Twice is as good as once. Throws deletion_forbidden. */
  async ask(customerId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (sql) => {
      await this.logins.lock(sql, [customerId]);
      const obstacles = await this.obstaclesOf(sql, await this.idsOf(sql, customerId));
      if (obstacles.length > 0) throw new DomainError('deletion_forbidden', 'conflict');
      const asked = await sql.query(
        `insert into account_deletion (id, customer_id, asked_at, due_at) values ($1, $2, $3, $4)
         on conflict (customer_id) where cancelled_at is null do nothing returning 1`,
        [newId(), customerId, now, new Date(now.getTime() + GRACE_DAYS * DAY_MS)],
      );
      if (asked.length > 0) await this.note(sql, 'customer.deletion_asked', customerId);
    });
  }

  async cancel(customerId: string): Promise<void> {
    await this.database.transaction(async (sql) => {
      const cancelled = await sql.query(
        `update account_deletion set cancelled_at = greatest(asked_at, $2)
         where customer_id = $1 and cancelled_at is null and done_at is null returning 1`,
        [customerId, this.clock.now()],
      );
      if (cancelled.length > 0) await this.note(sql, 'customer.deletion_cancelled', customerId);
    });
  }

  /** Erases whoever's week is over; where something came in the way meanwhile, it is tried again the next day. */
  async eraseDue(now: Date): Promise<void> {
    const due = await this.database.query<{ id: string; customer_id: string }>(
      'select id, customer_id from account_deletion where due_at <= $1 and cancelled_at is null and done_at is null order by due_at',
      [now],
    );
    for (const { id, customer_id } of due) {
      await this.database.transaction((sql) => this.erase(sql, id, customer_id, now));
    }
  }

  private async erase(sql: Sql, deletionId: string, customerId: string, now: Date): Promise<void> {
    const ids = await this.idsOf(sql, customerId);
    await this.logins.lock(sql, ids);
    if ((await this.obstaclesOf(sql, ids)).length > 0) return;
    const done = await sql.query(
      'update account_deletion set done_at = $2 where id = $1 and cancelled_at is null and done_at is null returning 1',
      [deletionId, now],
    );
    if (done.length === 0) return;
    const addresses = await this.addressesOf(sql, ids);
    for (const eraser of this.personal.erasers) await eraser.erase(sql, { id: customerId, ids, addresses });
    const object = { kind: 'customer', id: customerId };
    await this.audit.record(sql, {
      actor: SYSTEM,
      action: 'customer.deleted',
      object,
      facts: { deletion: deletionId },
    });
  }

  private async obstaclesOf(sql: Sql, ids: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const eraser of this.personal.erasers) {
      found.push(...((await eraser.obstacles?.(sql, { id: ids[0]!, ids })) ?? []));
    }
    return found;
  }

  /** Themselves first, then whoever was merged into them. */
  private async idsOf(sql: Sql, customerId: string): Promise<string[]> {
    const absorbed = await sql.query<{ id: string }>('select id from customer where merged_into = $1', [customerId]);
    return [customerId, ...absorbed.map(({ id }) => id)];
  }

  private async addressesOf(sql: Sql, ids: readonly string[]): Promise<string[]> {
    const known = await sql.query<{ address: string }>(
      `select phone as address from login where id = any($1)
       union select phone from login_number where login_id = any($1)
       union select email from customer where id = any($1) and email is not null`,
      [ids],
    );
    return known.map(({ address }) => address);
  }

  private note(sql: Sql, action: string, id: string): Promise<void> {
    const actor = { kind: 'customer', id } as const;
    return this.audit.record(sql, { actor, action, object: { kind: 'customer', id } });
  }
}
