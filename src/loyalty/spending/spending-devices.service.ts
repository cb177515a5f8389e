import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { seal, unseal } from '../../shared/sealed-secret.js';

/** A phone that shows codes, as its owner sees it in the list. */
export interface SpendingDevice {
  id: string;
  name: string;
  createdAt: Date;
}

/** What a phone keeps; the secret is shown this once. */
export interface EnrolledDevice {
  id: string;
  shortId: string;
  secret: Buffer;
}

interface DeviceRow {
  id: string;
  short_id: string;
  customer_id: string;
  name: string;
  secret_sealed: Buffer;
  created_at: string;
}

export const MOST_DEVICES = 5;
const SECRET_BYTES = 32;
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const SHORT_ID_LENGTH = 6;

/** The phones that may prove for their owner that they agree to spend (product N3). */
@Injectable()
export class SpendingDevices {
  private readonly key: Buffer;

  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.key = config.keyFor('spending devices');
  }

  /** Lets a phone show codes from now on. Throws too_many_devices beyond five. */
  async enrol(customerId: string, name: string): Promise<EnrolledDevice> {
    const [id, secret, shortId] = [newId(), randomBytes(SECRET_BYTES), randomShortId()];
    await this.database.transaction(async (sql) => {
      // Two phones at once would both be the fifth.
      await sql.query('select from customer where id = $1 for update', [customerId]);
      if ((await liveRows(sql, customerId)).length >= MOST_DEVICES) {
        throw new DomainError('too_many_devices', 'conflict', { count: MOST_DEVICES });
      }
      await sql.query(
        `insert into spending_device (id, short_id, customer_id, name, secret_sealed, created_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [id, shortId, customerId, name, seal(this.key, secret, id), this.clock.now()],
      );
      await this.record(sql, 'spending_device.enrolled', customerId, id);
    });
    return { id, shortId, secret };
  }

  async list(customerId: string): Promise<SpendingDevice[]> {
    const rows = await liveRows(this.database, customerId);
    return rows.map(({ id, name, created_at }) => ({ id, name, createdAt: new Date(created_at) }));
  }

  /** From now on no code of this phone is taken. Throws device_not_found, also for another's. */
  async revoke(customerId: string, id: string): Promise<void> {
    await this.database.transaction(async (sql) => {
      const revoked = await sql.query(
        `update spending_device set revoked_at = $3
         where id = $1 and customer_id = $2 and revoked_at is null returning id`,
        [id, customerId, this.clock.now()],
      );
      if (revoked.length === 0) throw new DomainError('device_not_found', 'not_found');
      await this.record(sql, 'spending_device.revoked', customerId, id);
    });
  }

  /** The secrets that may have made a code of this customer: of one phone where its short id is known. */
  async secretsOf(customerId: string, shortId: string | null): Promise<{ id: string; secret: Buffer }[]> {
    const rows = await liveRows(this.database, customerId);
    return rows
      .filter((row) => shortId === null || row.short_id === shortId)
      .map(({ id, secret_sealed }) => ({ id, secret: unseal(this.key, secret_sealed, id) }));
  }

  private record(sql: Sql, action: string, customerId: string, deviceId: string): Promise<void> {
    const object = { kind: 'spending_device', id: deviceId };
    return this.audit.record(sql, { actor: { kind: 'customer', id: customerId }, action, object });
  }
}

/** In the caller's transaction: another number for the card means that the old phones may be in other hands. */
export async function revokeAllDevices(sql: Sql, customerId: string, at: Date): Promise<void> {
  await sql.query('update spending_device set revoked_at = $2 where customer_id = $1 and revoked_at is null', [
    customerId,
    at,
  ]);
}

function liveRows(sql: Sql, customerId: string): Promise<DeviceRow[]> {
  return sql.query<DeviceRow>(
    `select id, short_id, customer_id, name, secret_sealed, created_at from spending_device
     where customer_id = $1 and revoked_at is null order by created_at, id`,
    [customerId],
  );
}

function randomShortId(): string {
  return Array.from({ length: SHORT_ID_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
