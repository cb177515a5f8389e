import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Secrets } from '../../auth/secrets.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { isWeakPin, pinDigest } from './pins.js';
import { CashierNotFound } from './tills.errors.js';

export interface ListedCashier {
  id: string;
  name: string;
  created_at: string;
  /** When the cashier last did something at a till; null for never. */
  seen_at: string | null;
}

export interface NewCashier {
  name: string;
  /** Four digits. */
  pin: string;
}

const UNIQUE_VIOLATION = '23505';

/** A station's cashiers at the web till: a name for the receipts and a PIN of four digits. */
@Injectable()
export class TillCashiers {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  list(stationId: string): Promise<ListedCashier[]> {
    return this.database.query<ListedCashier>(
      `select id, name, created_at, (select max(seen_at) from till_shift where cashier_id = till_cashier.id) as seen_at
       from till_cashier where station_id = $1 and disabled_at is null order by lower(name)`,
      [stationId],
    );
  }

  /** Throws InvalidInput for a PIN that is too easy and for a name that the station has already. */
  async add(stationId: string, { name, pin }: NewCashier, actor: Actor): Promise<void> {
    try {
      await this.database.transaction((sql) => this.addWithin(sql, stationId, { name, pin }, actor));
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      throw new InvalidInput([{ path: 'cashierName', code: 'cashier_name_taken' }]);
    }
  }

  /** In the caller's transaction. */
  async addWithin(sql: Sql, stationId: string, { name, pin }: NewCashier, actor: Actor): Promise<void> {
    expectStrong(pin, 'pinCode');
    const id = newId();
    await sql.query(
      `insert into till_cashier (id, station_id, name, pin_digest, created_at) values ($1, $2, $3, $4, $5)`,
      [id, stationId, name, pinDigest(this.secrets, id, pin), this.clock.real()],
    );
    await this.record(sql, 'till_cashier.added', id, stationId, actor);
  }

  /** Whoever stands at a till under the old PIN has to type the new one. Answers the name. */
  async changePin(stationId: string, cashierId: string, pin: string, actor: Actor): Promise<string> {
    expectStrong(pin, 'newCode');
    return this.change(stationId, cashierId, 'till_cashier.pin_changed', actor, (sql) =>
      sql.query(
        `update till_cashier set pin_digest = $3 where id = $1 and station_id = $2 and disabled_at is null returning name`,
        [cashierId, stationId, pinDigest(this.secrets, cashierId, pin)],
      ),
    );
  }

  /** From the next request on no till knows this cashier. Answers the name. */
  async remove(stationId: string, cashierId: string, actor: Actor): Promise<string> {
    return this.change(stationId, cashierId, 'till_cashier.removed', actor, (sql) =>
      sql.query(
        `update till_cashier set disabled_at = $3 where id = $1 and station_id = $2 and disabled_at is null returning name`,
        [cashierId, stationId, this.clock.real()],
      ),
    );
  }

  private async change(
    stationId: string,
    cashierId: string,
    action: string,
    actor: Actor,
    update: (sql: Sql) => Promise<{ name?: string }[]>,
  ): Promise<string> {
    return this.database.transaction(async (sql) => {
      const [cashier] = await update(sql);
      if (!cashier) throw new CashierNotFound();
      await sql.query('update till_shift set ended_at = $2 where cashier_id = $1 and ended_at is null', [
        cashierId,
        this.clock.real(),
      ]);
      await this.record(sql, action, cashierId, stationId, actor);
      return cashier.name ?? '';
    });
  }

  private record(sql: Sql, action: string, id: string, stationId: string, actor: Actor): Promise<void> {
    return this.audit.record(sql, { actor, action, object: { kind: 'till_cashier', id }, facts: { stationId } });
  }
}

function expectStrong(pin: string, path: string): void {
  if (isWeakPin(pin)) throw new InvalidInput([{ path, code: 'pin_weak' }]);
}
