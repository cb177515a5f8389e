import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { Ledger } from '../ledger/ledger.service.js';
import { Clock } from '../shared/clock.js';
import { luhnDigit } from '../shared/luhn.js';

/** «Лицевой счёт»: what a customer's lines are paid from, in kopecks. */
@Injectable()
export class PersonalAccounts {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** The customer's account, opened where there is none; the customer's row is locked until the transaction ends. */
  async findOrOpen(sql: Sql, customerId: string): Promise<string> {
    await sql.query('select from customer where id = $1 for update', [customerId]);
    const [known] = await sql.query<{ id: string }>('select id from personal_account where customer_id = $1', [
      customerId,
    ]);
    if (known) return known.id;
    const id = await this.ledger.openRubleAccount(sql);
    const [next] = await sql.query<{ serial: string }>(`select nextval('personal_account_serial') as serial`);
    const number = next!.serial + luhnDigit(next!.serial);
    await sql.query('insert into personal_account (id, number, customer_id, opened_at) values ($1, $2, $3, $4)', [
      id,
      number,
      customerId,
      this.clock.now(),
    ]);
    return id;
  }
}
