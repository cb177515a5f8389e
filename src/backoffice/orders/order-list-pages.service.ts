import { Injectable } from '@nestjs/common';
import { isClosed, ORDER_STATES, type OrderState, WAYS } from '../../orders/order.js';
import { Clock } from '../../shared/clock.js';
import { maskedPhone } from '../masked-phone.js';
import { addressOf, pagePaths, type PageQuery } from '../page-query.js';
import { filterParts, readFilter } from './order-filter.js';
import { OrderListQueries, type OrderListRow } from './order-list.queries.js';
import { OrderQueries } from './order.queries.js';

export const LIST = '/admin/orders';

export const TAGS: Record<OrderState, string | null> = {
  ...{ new: 'info', called: 'info', agreed: 'info', prepared: 'info', in_delivery: 'warning', at_office: 'warning' },
  ...{ handed_over: 'warning', active: 'success', held: null, cancelled: null, refused: 'error' },
};

/** `/admin/orders`: what is to be done, what is overdue first. */
@Injectable()
export class OrderListPages {
  constructor(
    private readonly lists: OrderListQueries,
    private readonly orders: OrderQueries,
    private readonly clock: Clock,
  ) {}

  async list(query: PageQuery, staffId: string): Promise<object> {
    const now = this.clock.now();
    const filter = readFilter(query);
    const filters = filterParts(filter);
    const ticked = [query['order'] ?? []].flat();
    const [page, overdue, operators, colleagues] = await Promise.all([
      this.lists.list({ ...filter, staffId, now }, query['after']),
      this.lists.overdue(now),
      this.orders.operators(),
      this.orders.colleagues(),
    ]);
    const flip = (name: string, value: string, current: boolean): { current: boolean; path: string } => ({
      ...{ current, path: addressOf(LIST, { ...filters, q: null, [name]: current ? null : value }) },
    });
    return {
      ...{ filters, overdue, operators, ways: WAYS },
      colleagues: colleagues.map(({ id: value, name }) => ({ value, name })),
      filtered: Object.values(filters).some(Boolean),
      closed: filter.state !== null && isClosed(filter.state),
      states: ORDER_STATES.map((name) => ({ name, ...flip('state', name, name === filter.state) })),
      mine: flip('mine', '1', filter.mine),
      late: flip('overdue', '1', filter.overdue),
      orders: page.rows.map((row) => shown(row, now, ticked)),
      ...pagePaths(LIST, filters, query, page),
    };
  }
}

function shown({ phone, ...row }: OrderListRow, now: Date, ticked: readonly unknown[]): object {
  const overdue = row.closed_at === null && row.next_call_at !== null && new Date(row.next_call_at) < now;
  const tick = `${row.id}.${row.revision}`;
  return {
    ...row,
    overdue,
    tick,
    ticked: ticked.includes(tick),
    tag: TAGS[row.state],
    maskedPhone: maskedPhone(phone),
  };
}
