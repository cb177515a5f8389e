import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { randomToken, sha256 } from '../secrets.service.js';

export interface IssuedKey {
  id: string;
  /** Shown once, to whoever types it into the till; only its digest is kept. */
  key: string;
  hint: string;
}

/** Who speaks, as the till's calls need it. */
export interface TerminalIdentity {
  keyHash: Buffer;
  terminalId: string;
  terminalName: string;
  stationId: string;
  stationName: string;
  timeZone: string;
}

export interface ListedKey {
  id: string;
  terminalId: string;
  hint: string;
  createdAt: Date;
}

export class TooManyKeys extends DomainError {
  constructor() {
    super('too_many_keys', 'conflict');
  }
}

const PREFIX = 'sk_pos_';
const SHAPE = /^sk_pos_[\w-]{43}$/;
/** The old one and the new one, while a till is moved from one to the other. */
const MOST_ACTIVE = 2;

/** Keys of terminals: 256 random bits, kept as SHA-256, shown once, revocable. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async issueTerminalKey(sql: Sql, terminalId: string, actor: Actor): Promise<IssuedKey> {
    await sql.query('select id from terminal where id = $1 for update', [terminalId]);
    const active = await sql.query('select id from api_key where terminal_id = $1 and revoked_at is null', [
      terminalId,
    ]);
    if (active.length >= MOST_ACTIVE) throw new TooManyKeys();
    const key = PREFIX + randomToken();
    const issued = { id: newId(), key, hint: key.slice(-4) };
    await sql.query(
      `insert into api_key (id, kind, terminal_id, key_hash, hint, created_by, created_at)
       values ($1, 'terminal', $2, $3, $4, $5, $6)`,
      [issued.id, terminalId, sha256(key), issued.hint, actor.kind === 'staff' ? actor.id : null, this.clock.real()],
    );
    await this.record(sql, actor, 'terminal_key.issued', issued.id, terminalId);
    return issued;
  }

  /** From now on the key opens nothing. False where this terminal has no such active key. */
  async revoke(sql: Sql, terminalId: string, keyId: string, actor: Actor): Promise<boolean> {
    const [revoked] = await this.revokeWhere(sql, 'id = $2 and terminal_id = any($3)', [keyId, [terminalId]], actor);
    return revoked !== undefined;
  }

  /** How many keys stopped working. */
  async revokeAll(sql: Sql, terminalIds: readonly string[], actor: Actor): Promise<number> {
    return (await this.revokeWhere(sql, 'terminal_id = any($2)', [terminalIds], actor)).length;
  }

  /** Active keys, for the pages that show them by their last four characters. */
  async list(sql: Sql, terminalIds: readonly string[]): Promise<ListedKey[]> {
    const rows = await sql.query<{ id: string; terminal_id: string; hint: string; created_at: string }>(
      `select id, terminal_id, hint, created_at from api_key
       where terminal_id = any($1) and revoked_at is null order by created_at`,
      [terminalIds],
    );
    return rows.map((row) => ({
      id: row.id,
      terminalId: row.terminal_id,
      hint: row.hint,
      createdAt: new Date(row.created_at),
    }));
  }

  /** The terminals behind these digests, in one query; keys that are revoked or of a closed place are not among them. */
  async terminalsByHash(sql: Sql, hashes: readonly Buffer[]): Promise<TerminalIdentity[]> {
    return sql.query<TerminalIdentity & Record<string, unknown>>(
      `select k.key_hash as "keyHash", t.id as "terminalId", t.name as "terminalName",
              s.id as "stationId", s.name as "stationName", s.time_zone as "timeZone"
       from api_key k join terminal t on t.id = k.terminal_id join station s on s.id = t.station_id
       where k.key_hash = any($1) and k.revoked_at is null and t.closed_at is null and s.closed_at is null`,
      [hashes],
    );
  }

  private async revokeWhere(sql: Sql, where: string, params: unknown[], actor: Actor): Promise<{ id: string }[]> {
    const revoked = await sql.query<{ id: string; terminal_id: string }>(
      `update api_key set revoked_at = $1 where revoked_at is null and ${where} returning id, terminal_id`,
      [this.clock.real(), ...params],
    );
    for (const { id, terminal_id } of revoked) await this.record(sql, actor, 'terminal_key.revoked', id, terminal_id);
    return revoked;
  }

  private record(sql: Sql, actor: Actor, action: string, keyId: string, terminalId: string): Promise<void> {
    return this.audit.record(sql, { actor, action, object: { kind: 'api_key', id: keyId }, facts: { terminalId } });
  }
}

/** The digest to look a typed key up by; null for what cannot be a terminal's key. */
export function terminalKeyHash(key: string): Buffer | null {
  return SHAPE.test(key) ? sha256(key) : null;
}
