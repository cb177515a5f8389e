import { Injectable } from '@nestjs/common';
import { Consents } from '../../customers/consents.service.js';
import type { Sql } from '../../infra/database/sql.js';
import type { StoredOrder } from '../order.js';
import { ORDER_TEXT_VERSION } from '../order-consent.js';

/** Consents that came with orders, in their customers' registers (A10). */
@Injectable()
export class OrderConsents {
  constructor(private readonly consents: Consents) {}

  /**
   * When this customer agreed to the text in force; null where they have to be asked. The text says that it holds for three
   * years after an order is closed, so it needs one that is not forgotten yet.
   */
  async given(sql: Sql, customerId: string): Promise<string | null> {
    const [row] = await sql.query<{ given_at: string }>(
      `select c.given_at from consent c
       where c.customer_id = $1 and c.kind = 'order' and c.text_version = $2 and c.withdrawn_at is null
         and exists (select from sim_order s
                     where s.customer_id = $1 and s.consent_version = $2 and s.forgotten_at is null)
       order by c.given_at desc limit 1`,
      [customerId, ORDER_TEXT_VERSION],
    );
    return row?.given_at ?? null;
  }

  /** As soon as the order is a customer's: from the cabinet at once, else when the card is handed over. */
  async register(sql: Sql, customerId: string, order: StoredOrder): Promise<void> {
    const told = order.consent_means === 'voice' || order.consent_means === 'paper';
    await this.consents.register(sql, {
      ...{ customerId, kind: 'order', source: told ? 'desk' : 'order' },
      ...{ textVersion: order.consent_version, givenAt: order.consent_at },
    });
  }
}
