import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { closeSessions } from '../sessions.js';

/** Logins as other rooms need them: in their own transaction. */
@Injectable()
export class Logins {
  constructor(private readonly clock: Clock) {}

  /** The login of a confirmed phone, made where there is none, and locked until the transaction ends. */
  async findOrCreate(sql: Sql, phone: string): Promise<string> {
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

  /** Nobody comes in with it any more, and whoever is in is out; its phone is answered as one nobody knows. */
  async disable(sql: Sql, id: string): Promise<void> {
    await sql.query('update login set disabled_at = $2 where id = $1 and disabled_at is null', [id, this.clock.real()]);
    await closeSessions(sql, 'customer', id);
  }
}
