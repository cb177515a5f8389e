import type { OrderState } from '../../orders/order.js';
import { addressOf, type PageQuery } from '../page-query.js';
import { filterParts, readFilter } from './order-filter.js';
import type { OrderListRow } from './order-list.queries.js';

export const LIST = '/admin/orders';

export const TAGS: Record<OrderState, string | null> = {
  ...{ new: 'info', called: 'info', agreed: 'info', prepared: 'info', in_delivery: 'warning', at_office: 'warning' },
  ...{ handed_over: 'warning', active: 'success', held: null, cancelled: null, refused: 'error' },
};

/** Whether somebody should have called by now. */
export function isOverdue(order: Pick<OrderListRow, 'closed_at' | 'next_call_at'>, now: Date): boolean {
  return order.closed_at === null && order.next_call_at !== null && new Date(order.next_call_at) < now;
}

/** Where a step leads: a button of the board back to the board as it was, any other to the order. */
export function afterStep(id: string, body: unknown): string {
  const filter = readFilter((body ?? {}) as PageQuery);
  return filter.board ? addressOf(LIST, filterParts(filter)) : `${LIST}/${id}`;
}
