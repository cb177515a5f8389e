import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { OrderState } from '../../orders/order.js';

export interface OwnOrder {
  id: string;
  number: string;
  state: OrderState;
  operator: string;
  tariff: string;
  created_at: string;
}

/** A customer's own orders: from the cabinet, handed over to them, or made with the phone that they log in with; those of whoever was merged into them follow. */
@Injectable()
export class OwnOrderQueries {
  constructor(private readonly database: Database) {}

  /** The latest first, two hundred at most. */
  list(customerId: string): Promise<OwnOrder[]> {
    return this.database.query<OwnOrder>(
      `select s.id, s.number, s.state, p.name as operator, v.name as tariff, s.created_at
       from sim_order s join operator p on p.id = s.operator_id join tariff_version v on v.id = s.tariff_version_id
       where s.id in (select id from sim_order
                      where customer_id in (select id from customer where id = $1 or merged_into = $1)
                      union select o.id from sim_order o join login l on l.phone = o.phone
                            where l.id = $1 and o.customer_id is null)
       order by s.created_at desc, s.id desc limit 200`,
      [customerId],
    );
  }
}
