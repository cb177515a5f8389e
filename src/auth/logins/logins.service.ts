import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sqlOf } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { closeSessions } from '../sessions.js';
import { Login } from './login.entity.js';

/** Logins as other rooms need them: in their own transaction. */
@Injectable()
export class Logins {
  constructor(private readonly clock: Clock) {}

  /**
   * Whose cabinet a phone opens: a contact phone's, else that of the line with this number. A disabled login is found only
   * where there is no other.
   */
  async find(em: EntityManager, phone: string): Promise<Login | null> {
    const [row] = await sqlOf(em).query<object>(
      `select l.* from (
         select id from login where phone = $1 union all select login_id from login_number where phone = $1) opened
       join login l using (id) order by l.disabled_at is not null, l.phone <> $1 limit 1`,
      [phone],
    );
    return row ? em.map(Login, row) : null;
  }

  /** The same, but nobody whose login is disabled. */
  async findLive(em: EntityManager, phone: string): Promise<Login | null> {
    const login = await this.find(em, phone);
    return login?.disabledAt === null ? login : null;
  }

  /**
   * The login that a confirmed phone opens, made where there is none, and locked until the transaction ends. A customer's
   * own line leads to that customer.
   */
  async findOrCreate(sql: Sql, phone: string): Promise<string> {
    const [line] = await sql.query<{ id: string }>(
      `select l.id from login_number n join login l on l.id = n.login_id and l.disabled_at is null
       where n.phone = $1 and not exists (select from login where phone = $1) for update of l`,
      [phone],
    );
    if (line) return line.id;
    await sql.query('insert into login (id, phone, created_at) values ($1, $2, $3) on conflict (phone) do nothing', [
      newId(),
      phone,
      this.clock.real(),
    ]);
    const [login] = await sql.query<{ id: string }>('select id from login where phone = $1 for update', [phone]);
    return login!.id;
  }

  /** Locks logins until the transaction ends, in id order so that two callers never wait for each other. */
  async lock(sql: Sql, ids: readonly string[]): Promise<void> {
    await sql.query('select id from login where id = any($1) order by id for update', [ids]);
  }

  /** A customer's own live line opens their cabinet too; another's number is taken over, since one phone leads to one. */
  async addNumber(sql: Sql, loginId: string, phone: string): Promise<void> {
    await sql.query(
      `insert into login_number (phone, login_id, created_at) values ($1, $2, $3)
       on conflict (phone) do update set login_id = excluded.login_id, created_at = excluded.created_at`,
      [phone, loginId, this.clock.real()],
    );
  }

  /** The line ended or is used by somebody else: its number opens nothing any more. */
  async removeNumber(sql: Sql, phone: string): Promise<void> {
    await sql.query('delete from login_number where phone = $1', [phone]);
  }

  /** Nobody comes in with it any more, and whoever is in is out; its phone is answered as one nobody knows. */
  async disable(sql: Sql, id: string): Promise<void> {
    await sql.query('update login set disabled_at = $2 where id = $1 and disabled_at is null', [id, this.clock.real()]);
    await closeSessions(sql, 'customer', id);
  }
}
