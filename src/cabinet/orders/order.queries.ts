import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { OWN_ORDERS } from '../../orders/application/own-orders.js';
import type { OrderState } from '../../orders/order.js';

export interface OwnOrder {
  id: string;
  number: string;
  state: OrderState;
  operator: string;
  tariff: string;
  used_by: string | null;
  created_at: string;
}

@Injectable()
export class OwnOrderQueries {
  constructor(private readonly database: Database) {}

  /** The latest first, two hundred at most. */
  list(customerId: string): Promise<OwnOrder[]> {
    return this.database.query<OwnOrder>(
      `select s.id, s.number, s.state, p.name as operator, v.name as tariff, s.used_by, s.created_at
       from sim_order s join operator p on p.id = s.operator_id join tariff_version v on v.id = s.tariff_version_id
       where ${OWN_ORDERS}
       order by s.created_at desc, s.id desc limit 200`,
      [customerId],
    );
  }
}
