import { Injectable } from '@nestjs/common';
import { Customers } from '../../customers/customers.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { OrderConsents } from '../application/order-consents.service.js';
import type { StoredOrder } from '../order.js';
import type { HandOverNote } from './hand-over.service.js';

/** Whose the number becomes. */
@Injectable()
export class Receivers {
  constructor(
    private readonly customers: Customers,
    private readonly ledger: Ledger,
    private readonly consents: OrderConsents,
  ) {}

  /**
   * Who ordered from the cabinet, or whoever survived them in a merge; else the customer of the contact phone, made where
   * there is none. Their consent stands in their register from then on. Throws phone_given_up where that phone's customer was merged into another.
   */
  async find(sql: Sql, order: StoredOrder, note: HandOverNote): Promise<string> {
    const customerId = await this.customerOf(sql, order, note);
    await this.consents.register(sql, customerId, order);
    return customerId;
  }

  private async customerOf(sql: Sql, order: StoredOrder, { surname, name, patronymic }: HandOverNote): Promise<string> {
    const person = { surname, name, patronymic, email: order.email };
    if (order.customer_id !== null) {
      const [known] = await sql.query<{ id: string }>(
        'select coalesce(merged_into, id) as id from customer where id = $1',
        [order.customer_id],
      );
      await this.customers.fillEmptyFields(sql, known!.id, person);
      return known!.id;
    }
    const openPointsAccount = (inside: Sql): Promise<string> => this.ledger.openPointsAccount(inside);
    const { phone, language } = order;
    const { customerId } = await this.customers.joinOrCreate(sql, { phone, person, language, openPointsAccount });
    return customerId;
  }
}
