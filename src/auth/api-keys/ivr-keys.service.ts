import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { randomToken, sha256 } from '../secrets.service.js';
import { type IssuedKey, TooManyKeys } from './api-keys.service.js';

export interface ListedIvrKey {
  id: string;
  hint: string;
  issuedBy: string | null;
  createdAt: string;
  revokedAt: string | null;
}

const PREFIX = 'sk_ivr_';
const SHAPE = /^sk_ivr_[\w-]{43}$/;
/** The old one and the new one, while the telephone exchange is moved from one to the other. */
export const MOST_IVR_KEYS = 2;
const SHOWN = 10;

/** Keys of the hotline's telephone exchange: as tills' keys, but they belong to no terminal. */
@Injectable()
export class IvrKeys {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The key is shown once. Fails with `too_many_keys` beside two that work. */
  issue(actor: Actor): Promise<IssuedKey> {
    return this.database.transaction((sql) => this.issueWithin(sql, actor));
  }

  async issueWithin(sql: Sql, actor: Actor): Promise<IssuedKey> {
    await sql.query(`select pg_advisory_xact_lock(hashtext('ivr_keys'))`);
    const active = await sql.query(`select id from api_key where kind = 'ivr' and revoked_at is null`);
    if (active.length >= MOST_IVR_KEYS) throw new TooManyKeys();
    const key = PREFIX + randomToken();
    const issued = { id: newId(), key, hint: key.slice(-4) };
    await sql.query(
      `insert into api_key (id, kind, key_hash, hint, created_by, created_at) values ($1, 'ivr', $2, $3, $4, $5)`,
      [issued.id, sha256(key), issued.hint, actor.kind === 'staff' ? actor.id : null, this.clock.real()],
    );
    await this.record(sql, actor, 'ivr_key.issued', issued.id);
    return issued;
  }

  /** From now on the key opens nothing. False where there is no such active key. */
  revoke(keyId: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (sql) => {
      const [revoked] = await sql.query(
        `update api_key set revoked_at = $2 where id = $1 and kind = 'ivr' and revoked_at is null returning id`,
        [keyId, this.clock.real()],
      );
      if (revoked) await this.record(sql, actor, 'ivr_key.revoked', keyId);
      return revoked !== undefined;
    });
  }

  /** The latest keys, those that work first. */
  async list(): Promise<ListedIvrKey[]> {
    return this.database.query<ListedIvrKey & Record<string, unknown>>(
      `select k.id, k.hint, s.name as "issuedBy", k.created_at as "createdAt", k.revoked_at as "revokedAt"
       from api_key k left join staff s on s.id = k.created_by
       where k.kind = 'ivr' order by k.revoked_at is not null, k.created_at desc limit ${SHOWN}`,
    );
  }

  /** The id of the working key that this is; null for anything else, a till's key included. */
  async recognise(key: string): Promise<string | null> {
    if (!SHAPE.test(key)) return null;
    const [known] = await this.database.query<{ id: string }>(
      `select id from api_key where key_hash = $1 and kind = 'ivr' and revoked_at is null`,
      [sha256(key)],
    );
    return known?.id ?? null;
  }

  private record(sql: Sql, actor: Actor, action: string, id: string): Promise<void> {
    return this.audit.record(sql, { actor, action, object: { kind: 'api_key', id } });
  }
}
