import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sameDigest, Secrets } from '../../auth/secrets.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { pinDigest } from './pins.js';
import type { TillDevice } from './till-devices.service.js';
import { PinWrong, TillLocked } from './tills.errors.js';

/** A cashier at a device, from the PIN on. */
export interface Shift {
  id: string;
  cashier: string;
}

const MINUTE_MS = 60_000;
export const IDLE_MS = 15 * MINUTE_MS;
const LOCKED_MS = 15 * MINUTE_MS;
const MOST_WRONG_PINS = 5;
/** Signs of life are written down at most this often. */
const SEEN_EVERY_MS = 30_000;

/** Who stands at a till: a PIN opens a shift, 15 idle minutes of real time end it (product L12). */
@Injectable()
export class TillShifts {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The device's shift if it is not idle for too long. A sign of life prolongs it, a background poll does not. */
  async current(device: TillDevice, { signOfLife }: { signOfLife: boolean }): Promise<Shift | null> {
    const now = this.clock.real();
    const [shift] = await this.database.query<Shift & { seen_at: string }>(
      `select h.id, c.name as cashier, h.seen_at from till_shift h join till_cashier c on c.id = h.cashier_id
       where h.device_id = $1 and h.ended_at is null and h.seen_at > $2 and c.disabled_at is null`,
      [device.id, new Date(now.getTime() - IDLE_MS)],
    );
    if (!shift) return null;
    if (signOfLife && now.getTime() - new Date(shift.seen_at).getTime() > SEEN_EVERY_MS) {
      await this.database.query('update till_shift set seen_at = $2 where id = $1', [shift.id, now]);
    }
    return { id: shift.id, cashier: shift.cashier };
  }

  /** Opens a shift. Throws PinWrong, and TillLocked after five wrong PINs on this device, for 15 minutes. */
  async begin(device: TillDevice, cashierId: string, pin: string): Promise<void> {
    const refusal = await this.database.transaction((sql) => this.tryPin(sql, device, cashierId, pin));
    if (refusal) throw refusal;
  }

  async end(device: TillDevice): Promise<void> {
    await this.endOpen(this.database, device.id);
  }

  /**
   * Whose receipt it is: one that waited for the line may be older than the shift that sends it. Only shifts at this
   * terminal count, paired anew or not.
   */
  async cashierOf(device: TillDevice, shiftId: string): Promise<string | null> {
    const [row] = await this.database.query<{ name: string }>(
      `select c.name from till_shift h join till_cashier c on c.id = h.cashier_id join till_device d on d.id = h.device_id
       where h.id = $1 and d.terminal_id = $2`,
      [shiftId, device.terminal.terminalId],
    );
    return row?.name ?? null;
  }

  /** The refusal is returned, not thrown: what it counts has to be committed. */
  private async tryPin(
    sql: Sql,
    device: TillDevice,
    cashierId: string,
    pin: string,
  ): Promise<PinWrong | TillLocked | null> {
    const now = this.clock.real();
    // The device's row is the lock: PINs tried at once are judged one after another.
    const [counts] = await sql.query<{ wrong_pins: number; locked_until: string | null }>(
      'select wrong_pins, locked_until from till_device where id = $1 for update',
      [device.id],
    );
    const lockedMs = counts?.locked_until ? new Date(counts.locked_until).getTime() - now.getTime() : 0;
    if (lockedMs > 0) return new TillLocked(Math.ceil(lockedMs / 1000));
    if (await this.fits(sql, device, cashierId, pin)) {
      await sql.query('update till_device set wrong_pins = 0, locked_until = null where id = $1', [device.id]);
      await this.endOpen(sql, device.id);
      await sql.query(
        'insert into till_shift (id, device_id, cashier_id, began_at, seen_at) values ($1, $2, $3, $4, $4)',
        [newId(), device.id, cashierId, now],
      );
      return null;
    }
    return this.countWrong(sql, device, (counts?.wrong_pins ?? 0) + 1, now);
  }

  private async fits(sql: Sql, device: TillDevice, cashierId: string, pin: string): Promise<boolean> {
    const [cashier] = await sql.query<{ pin_digest: Buffer }>(
      'select pin_digest from till_cashier where id = $1 and station_id = $2 and disabled_at is null',
      [cashierId, device.terminal.stationId],
    );
    return cashier !== undefined && sameDigest(cashier.pin_digest, pinDigest(this.secrets, cashierId, pin));
  }

  private async countWrong(sql: Sql, device: TillDevice, wrong: number, now: Date): Promise<PinWrong | TillLocked> {
    const locks = wrong >= MOST_WRONG_PINS;
    await sql.query('update till_device set wrong_pins = $2, locked_until = $3 where id = $1', [
      device.id,
      locks ? 0 : wrong,
      locks ? new Date(now.getTime() + LOCKED_MS) : null,
    ]);
    if (!locks) return new PinWrong(MOST_WRONG_PINS - wrong);
    await this.endOpen(sql, device.id);
    await this.audit.record(sql, {
      actor: { kind: 'terminal', id: device.terminal.terminalId },
      action: 'till_device.locked',
      object: { kind: 'till_device', id: device.id },
    });
    return new TillLocked(LOCKED_MS / 1000);
  }

  private async endOpen(sql: Sql, deviceId: string): Promise<void> {
    await sql.query('update till_shift set ended_at = $2 where device_id = $1 and ended_at is null', [
      deviceId,
      this.clock.real(),
    ]);
  }
}
