import { Injectable } from '@nestjs/common';
import { Consents } from '../../customers/consents.service.js';
import { Customers, type JoinedCustomer } from '../../customers/customers.service.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Language } from '../../infra/i18n/texts.js';
import { Ledger } from '../../ledger/ledger.service.js';
import type { Application } from './applications.service.js';

/** Makes a customer of whoever confirmed their phone, or finds the one they are. */
@Injectable()
export class Newcomers {
  constructor(
    private readonly customers: Customers,
    private readonly consents: Consents,
    private readonly ledger: Ledger,
  ) {}

  /** In the caller's transaction, which from here on holds the login's lock. */
  async welcome(sql: Sql, application: Application, language: Language): Promise<JoinedCustomer> {
    const { kind, phone, person, mailings } = application;
    const openPointsAccount = (inside: Sql): Promise<string> => this.ledger.openPointsAccount(inside);
    const joined = await this.customers.joinOrCreate(sql, { phone, person, language, openPointsAccount });
    await this.consents.give(sql, {
      customerId: joined.customerId,
      kinds: ['personal_data', 'programme_rules', ...(mailings ? (['mailings'] as const) : [])],
      source: kind === 'plastic' ? 'activation' : 'virtual_card',
    });
    return joined;
  }
}
