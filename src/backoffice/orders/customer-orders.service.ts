import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { LineState } from '../../lines/line-state.js';
import type { OrderState } from '../../orders/order.js';
import { maskedPhone } from '../masked-phone.js';
import { lineTag } from '../lines/line-views.js';
import { TAGS } from './order-views.js';

interface CustomerOrder {
  id: string;
  number: string;
  state: OrderState;
  operator: string;
  tariff: string;
  created_at: string;
}

interface CustomerLine {
  id: string;
  number: string;
  state: LineState;
  used_by: string | null;
  /** A company's, of which it has not said who uses it. */
  unnamed: boolean;
  operator: string;
  tariff: string;
}

const MOST = 20;
const WHAT = 'o.name as operator, v.name as tariff';
const AROUND = 'join operator o on o.id = s.operator_id join tariff_version v on v.id = s.tariff_version_id';

/** The telecom part of a customer's page (B3): their orders and numbers. */
@Injectable()
export class CustomerOrders {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  /** Of the customer and of whoever was merged into them; null without the telecom line. */
  async of(people: readonly { id: string; phone: string }[]): Promise<object | null> {
    if (!this.config.lines.includes('telecom')) return null;
    const [orders, lines] = await Promise.all([this.orders(people), this.lines(people)]);
    return {
      orders: orders.slice(0, MOST).map((order) => ({ ...order, tag: TAGS[order.state] })),
      lines: lines.slice(0, MOST).map(lineView),
      ...{ moreOrders: orders.length > MOST, moreLines: lines.length > MOST, most: MOST },
    };
  }

  /** Newest first: theirs, and what was ordered on the site with their phone and is nobody's yet. */
  private orders(people: readonly { id: string; phone: string }[]): Promise<CustomerOrder[]> {
    return this.database.query<CustomerOrder>(
      `select s.id, s.number, s.state, s.created_at, ${WHAT} from sim_order s ${AROUND}
       where s.customer_id = any($1) or (s.customer_id is null and s.phone = any($2))
       order by s.created_at desc, s.id desc limit ${MOST + 1}`,
      [people.map(({ id }) => id), people.map(({ phone }) => phone)],
    );
  }

  /** Live ones first. */
  private lines(people: readonly { id: string }[]): Promise<CustomerLine[]> {
    return this.database.query<CustomerLine>(
      `select s.id, s.number, s.state, s.used_by,
              s.user_kind is null and exists (select from company m where m.customer_id = s.customer_id and m.closed_at is null) as unnamed, ${WHAT} from line s ${AROUND}
       where s.customer_id = any($1) order by s.state = 'ended', s.opened_at, s.id limit ${MOST + 1}`,
      [people.map(({ id }) => id)],
    );
  }
}

/** A live number is its customer's: enough of it to tell one from another. */
function lineView({ number, ...line }: CustomerLine): object {
  return { ...line, maskedNumber: maskedPhone(number), tag: lineTag(line.state) };
}
