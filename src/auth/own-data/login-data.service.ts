import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { closeSessions } from '../sessions.js';
import { type Eraser, type Leaver, PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';

const LOGINS = `
  select id as key, json_build_object('phone', phone, 'phoneSince', coalesce(phone_since, created_at),
    'passwordSetAt', password_set_at, 'createdAt', created_at, 'disabledAt', disabled_at) as row
  from login where id = any($1) and ($2::uuid is null or id > $2::uuid) order by id`;
const NUMBERS = `
  select phone as key, json_build_object('phone', phone, 'createdAt', created_at) as row
  from login_number where login_id = any($1) and ($2::text is null or phone > $2::text) order by phone`;
const SESSIONS = `
  select sid as key, json_build_object('browser', sess->'browser', 'system', sess->'system', 'place', sess->'place',
    'startedAt', to_timestamp((sess->>'startedAt')::bigint / 1000), 'seenAt', to_timestamp((sess->>'lastSeenAt')::bigint / 1000)) as row
  from customer_session where sess->>'ownerId' = any($1) and ($2::text is null or sid > $2::text) order by sid`;

/** How they come in; no passwords, codes or ids of sessions. */
@Injectable()
export class LoginData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.personal.on(
      sqlPart(this.database, 'logins', LOGINS),
      sqlPart(this.database, 'numbers', NUMBERS),
      sqlPart(this.database, 'sessions', SESSIONS),
    );
    this.personal.erasedBy(this);
  }

  /** A number of no country takes the phone's place: nobody comes in, and the phone may open a new cabinet. */
  async erase(sql: Sql, { ids, addresses }: Leaver): Promise<void> {
    for (const id of ids) await closeSessions(sql, 'customer', id);
    await sql.query(
      `update login set phone = '+999' || lpad(floor(random() * 1e12)::bigint::text, 12, '0'), phone_since = null,
         password_hash = null, password_set_at = null, temporary_password_hash = null, temporary_password_expires_at = null,
         disabled_at = coalesce(disabled_at, $2)
       where id = any($1)`,
      [ids, this.clock.real()],
    );
    for (const table of ['one_time_code', 'sim_swap_hold']) {
      await sql.query(`delete from ${table} where phone = any($1)`, [addresses]);
    }
    for (const table of ['login_number', 'first_password', 'phone_change']) {
      await sql.query(`delete from ${table} where login_id = any($1)`, [ids]);
    }
  }
}
