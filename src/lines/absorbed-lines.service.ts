import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FirstPasswords } from '../auth/first-log-in/first-passwords.service.js';
import { Logins } from '../auth/logins/logins.service.js';
import { type AbsorbedPerson, Customers } from '../customers/customers.service.js';
import type { Sql } from '../infra/database/sql.js';

/** When two customers are merged, the lines of the absorbed one are the survivor's, with the account that pays for them. */
@Injectable()
export class AbsorbedLines implements OnModuleInit {
  constructor(
    private readonly customers: Customers,
    private readonly logins: Logins,
    private readonly first: FirstPasswords,
  ) {}

  onModuleInit(): void {
    this.customers.whenAbsorbed((sql, absorbed) => this.move(sql, absorbed));
  }

  /** A survivor without an account takes over the other's; one with an account pays for all lines from it. */
  private async move(sql: Sql, { fromId, intoId }: AbsorbedPerson): Promise<void> {
    await sql.query(
      `update personal_account set customer_id = $2
       where customer_id = $1 and not exists (select from personal_account where customer_id = $2)`,
      [fromId, intoId],
    );
    await sql.query(
      `update line set customer_id = $2, account_id = (select id from personal_account where customer_id = $2)
       where customer_id = $1`,
      [fromId, intoId],
    );
    await this.logins.moveNumbers(sql, fromId, intoId);
    // Digits of a SIM card are a first password: the survivor may have one of their own.
    await this.first.end(sql, { loginId: fromId }, 'taken_back');
  }
}
