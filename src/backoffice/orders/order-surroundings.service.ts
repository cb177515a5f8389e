import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { type KnownCustomer, KnownCustomers } from '../../orders/application/known-customers.service.js';
import { papersStateOf } from '../../orders/desk/papers-state.js';
import { mayMove } from '../../orders/order.js';
import { StockQueries } from '../sims/stock.queries.js';
import { CARD_FATES } from './late-refusal.form.js';
import type { OrderRow } from './order.queries.js';
import { OrderSmsPages } from './sms/order-sms-pages.service.js';

/** What stands around an order: whose the number becomes, what was ordered with it, where a card may go back to, what may be written to the customer. */
@Injectable()
export class OrderSurroundings {
  constructor(
    private readonly database: Database,
    private readonly known: KnownCustomers,
    private readonly stock: StockQueries,
    private readonly sms: OrderSmsPages,
  ) {}

  async of(row: OrderRow, language: Language): Promise<object> {
    const [receiver, together, places, sms, papersState] = await Promise.all([
      mayMove(row, 'handed_over') ? this.receiver(row) : null,
      row.request_id === null ? [] : this.together(row),
      row.state === 'handed_over' ? this.stock.places() : [],
      this.sms.form(row),
      papersStateOf(this.database, row.id),
    ]);
    return {
      ...{ receiver, together, sms, papersState, lateRefusal: row.state === 'handed_over' },
      places: places.filter(({ gone }) => !gone),
      cardFates: CARD_FATES.map((value) => ({ value, name: text(language, `customer-orders:desk.fates.${value}`) })),
    };
  }

  /** Whoever ordered from the cabinet, else the customer of the phone. */
  private async receiver({ customer_id, phone }: OrderRow): Promise<KnownCustomer | null> {
    if (customer_id === null) return this.known.ofPhone(phone);
    return this.known.survivor(customer_id);
  }

  /** By the same form. */
  private together({ id, request_id }: OrderRow): Promise<{ id: string; number: string }[]> {
    return this.database.query(
      'select id, number from sim_order where request_id = $1 and id <> $2 order by request_place',
      [request_id, id],
    );
  }
}
