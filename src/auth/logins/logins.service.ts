import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';

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
}
