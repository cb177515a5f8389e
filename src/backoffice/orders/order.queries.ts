import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { OrderState, StoredOrder } from '../../orders/order.js';
import type { TaskState } from '../../tasks/operator-task.js';
import { ORDER_COLUMNS, type OrderEventKind } from '../../orders/order-rows.js';

export interface OrderRow extends StoredOrder {
  operator: string;
  tariff: string;
  tariff_slug: string;
  office: string | null;
  office_address: string | null;
  assignee: string | null;
  iccid: string | null;
  sim_number: string | null;
  sim_number_kind: 'static' | 'dynamic' | null;
  sim_place: string | null;
  line_number: string | null;
}

/** What the operator was last asked about switching the number on. */
export interface ActivationRow {
  id: string;
  number: string;
  state: TaskState;
  sent_at: string | null;
  closed_at: string | null;
}

export interface OrderEventRow {
  kind: OrderEventKind;
  from_state: OrderState | null;
  to_state: OrderState | null;
  reason: string | null;
  comment: string | null;
  /** Of `changed`: names of columns. */
  fields: string[] | null;
  actor_kind: string;
  actor: string | null;
  at: string;
}

const MOST_EVENTS = 300;
const OWN = ORDER_COLUMNS.replaceAll(/\w+/g, 's.$&');

@Injectable()
export class OrderQueries {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<OrderRow | undefined> {
    const [order] = await this.database.query<OrderRow>(
      `select ${OWN}, p.name as operator, v.name as tariff, t.slug as tariff_slug,
              o.name as office, o.address as office_address, h.name as assignee, c.iccid, c.number as sim_number,
              c.number_kind as sim_number_kind, coalesce(co.name, ch.name) as sim_place, l.number as line_number
       from sim_order s join operator p on p.id = s.operator_id join tariff_version v on v.id = s.tariff_version_id
       join tariff t on t.id = v.tariff_id left join office o on o.id = s.office_id left join staff h on h.id = s.assignee_id
       left join sim_card c on c.id = s.sim_id left join office co on co.id = c.office_id
       left join staff ch on ch.id = c.holder_id left join line l on l.id = s.line_id
       where s.id = $1`,
      [id],
    );
    return order;
  }

  /** The latest first. */
  events(id: string): Promise<OrderEventRow[]> {
    return this.database.query<OrderEventRow>(
      `select e.kind, e.from_state, e.to_state, e.reason, e.comment, e.fields, e.actor_kind, h.name as actor, e.at
       from sim_order_event e left join staff h on h.id = e.actor_id and e.actor_kind = 'staff'
       where e.order_id = $1 order by e.seq desc limit ${MOST_EVENTS}`,
      [id],
    );
  }

  async activation({ line_id }: Pick<OrderRow, 'line_id'>): Promise<ActivationRow | undefined> {
    const [task] = await this.database.query<ActivationRow>(
      `select id, number, state, sent_at, closed_at from operator_task where line_id = $1 and kind = 'activate'
       order by created_at desc, id desc limit 1`,
      [line_id],
    );
    return task;
  }

  /** Who may have an order. */
  colleagues(): Promise<{ id: string; name: string }[]> {
    return this.database.query(
      `select id, name from staff where disabled_at is null and role in ('operator', 'manager', 'admin') order by name limit 500`,
    );
  }

  operators(): Promise<{ code: string; name: string }[]> {
    return this.database.query('select code, name from operator order by position, name');
  }

  /** Other orders with the same phone, newest first. */
  earlier({ id, phone }: OrderRow): Promise<Pick<StoredOrder, 'id' | 'number' | 'state' | 'created_at'>[]> {
    return this.database.query(
      `select id, number, state, created_at from sim_order where phone = $1 and id <> $2 and forgotten_at is null
       order by created_at desc limit 5`,
      [phone, id],
    );
  }
}
