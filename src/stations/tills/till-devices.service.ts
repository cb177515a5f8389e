import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { type TerminalIdentity, terminalKeyHash } from '../../auth/api-keys/api-keys.service.js';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import { randomToken, sha256 } from '../../auth/secrets.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { hostOf } from '../../shared/ip.js';
import { TerminalKeyWrong, TillDeviceNotFound } from './tills.errors.js';

/** A paired device, as its own requests need it. */
export interface TillDevice {
  id: string;
  /** Stands in the numbers of its receipts. */
  number: number;
  name: string;
  /** The greatest n of its receipts so far. */
  receipts: number;
  lockedUntil: Date | null;
  terminal: TerminalIdentity;
}

export interface ListedDevice {
  id: string;
  number: number;
  name: string;
  terminal: string;
  seen_at: string;
  created_at: string;
  expires_at: string;
}

export interface Pairing {
  key: string;
  name: string;
  ip: string;
}

type DeviceRow = Omit<TillDevice, 'terminal' | 'lockedUntil'> & TerminalIdentity & { lockedUntil: string | null };

const PAIRED_MS = 30 * 24 * 60 * 60 * 1000;
const SEEN_EVERY_MS = 60_000;
const TRIES: Limit = { name: 'till_pairing', points: 10, seconds: 900 };
/** What has to hold for a device to be let in; `$1` is real time. */
const WORKS = `d.revoked_at is null and d.expires_at > $1 and k.revoked_at is null
  and t.closed_at is null and s.closed_at is null`;

/**
 * Devices that serve as tills (product L12): paired once with a terminal's key, known by a random token for 30 days of
 * real time, and only as long as that key works and the place is open.
 */
@Injectable()
export class TillDevices {
  constructor(
    private readonly database: Database,
    private readonly rates: RateLimits,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Answers the token for the device's cookie; only its digest is kept. Throws TerminalKeyWrong, LimitExceeded. */
  async pair({ key, name, ip }: Pairing): Promise<string> {
    await this.rates.consume(TRIES, hostOf(ip));
    const keyHash = terminalKeyHash(key.trim());
    const token = randomToken();
    const paired = keyHash !== null && (await this.database.transaction((sql) => this.add(sql, keyHash, token, name)));
    if (!paired) throw new TerminalKeyWrong();
    await this.rates.giveBack(TRIES, hostOf(ip));
    return token;
  }

  /** The device with this token, if it may still work; notes that it was seen. */
  async byToken(token: string): Promise<TillDevice | null> {
    const now = this.clock.real();
    const [row] = await this.database.query<DeviceRow & { seenAt: string }>(
      `select d.id, d.number, d.name, d.receipts, d.locked_until as "lockedUntil", d.seen_at as "seenAt",
              k.key_hash as "keyHash", t.id as "terminalId", t.name as "terminalName",
              s.id as "stationId", s.name as "stationName", s.time_zone as "timeZone"
       from till_device d join api_key k on k.id = d.key_id
       join terminal t on t.id = d.terminal_id join station s on s.id = t.station_id
       where d.token_hash = $2 and ${WORKS}`,
      [now, sha256(token)],
    );
    if (!row) return null;
    if (now.getTime() - new Date(row.seenAt).getTime() > SEEN_EVERY_MS) {
      await this.database.query('update till_device set seen_at = $2 where id = $1', [row.id, now]);
    }
    return deviceOf(row);
  }

  /** Notes the number of a receipt of this device, `W3-17`, so that it is not given again; others mean nothing here. */
  async noteReceipt(device: TillDevice, receiptNumber: unknown): Promise<void> {
    const [, number, count] = /^W(\d{1,9})-(\d{1,9})$/.exec(String(receiptNumber)) ?? [];
    if (Number(number) !== device.number) return;
    await this.database.query('update till_device set receipts = greatest(receipts, $2) where id = $1', [
      device.id,
      Number(count),
    ]);
  }

  /** The devices that work at this station now. */
  async list(stationId: string): Promise<ListedDevice[]> {
    return this.database.query<ListedDevice>(
      `select d.id, d.number, d.name, t.name as terminal, d.seen_at, d.created_at, d.expires_at
       from till_device d join api_key k on k.id = d.key_id
       join terminal t on t.id = d.terminal_id join station s on s.id = t.station_id
       where s.id = $2 and ${WORKS} order by d.number`,
      [this.clock.real(), stationId],
    );
  }

  /** From its next request on it is a stranger. */
  async revoke(stationId: string, deviceId: string, actor: Actor): Promise<string> {
    return this.database.transaction(async (sql) => {
      const [device] = await sql.query<{ name: string; terminal_id: string }>(
        `update till_device d set revoked_at = $3 from terminal t
         where d.id = $1 and d.revoked_at is null and t.id = d.terminal_id and t.station_id = $2
         returning d.name, d.terminal_id`,
        [deviceId, stationId, this.clock.real()],
      );
      if (!device) throw new TillDeviceNotFound();
      const facts = { terminalId: device.terminal_id };
      await this.audit.record(sql, { actor, action: 'till_device.revoked', object: objectOf(deviceId), facts });
      return device.name;
    });
  }

  private async add(sql: Sql, keyHash: Buffer, token: string, name: string): Promise<boolean> {
    const now = this.clock.real();
    const [device] = await sql.query<{ id: string; terminal_id: string }>(
      `insert into till_device (id, terminal_id, key_id, name, token_hash, seen_at, created_at, expires_at)
       select $2, t.id, k.id, $4, $5, $1, $1, $6
       from api_key k join terminal t on t.id = k.terminal_id join station s on s.id = t.station_id
       where k.key_hash = $3 and k.revoked_at is null and t.closed_at is null and s.closed_at is null
       returning id, terminal_id`,
      [now, newId(), keyHash, name, sha256(token), new Date(now.getTime() + PAIRED_MS)],
    );
    if (!device) return false;
    const actor: Actor = { kind: 'terminal', id: device.terminal_id };
    await this.audit.record(sql, { actor, action: 'till_device.paired', object: objectOf(device.id) });
    return true;
  }
}

function deviceOf({ id, number, name, receipts, lockedUntil, ...terminal }: DeviceRow): TillDevice {
  return { id, number, name, receipts, lockedUntil: lockedUntil === null ? null : new Date(lockedUntil), terminal };
}

function objectOf(id: string): { kind: string; id: string } {
  return { kind: 'till_device', id };
}
