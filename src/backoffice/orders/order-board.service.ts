import { Injectable } from '@nestjs/common';
import { isClosed, mayMove, needsReason, nextStates, ORDER_STATES } from '../../orders/order.js';
import { addressOf } from '../page-query.js';
import { CARDS_OF_STATE, MOST_COUNTED_OF_STATE, OrderBoardQueries } from './order-board.queries.js';
import { filterParts } from './order-filter.js';
import type { Asked, OrderListRow } from './order-list.queries.js';
import { isOverdue, LIST } from './order-views.js';

const OPEN_STATES = ORDER_STATES.filter((state) => !isClosed(state));

/** `/admin/orders?view=board`: a column for each open state, and on each card the step that comes next. */
@Injectable()
export class OrderBoard {
  constructor(private readonly queries: OrderBoardQueries) {}

  async columns(asked: Asked): Promise<object[]> {
    const [rows, counts] = await Promise.all([
      this.queries.cards(OPEN_STATES, asked),
      this.queries.counts(OPEN_STATES, asked),
    ]);
    const filters = filterParts(asked);
    return OPEN_STATES.map((state) => {
      const count = counts.get(state) ?? 0;
      return {
        state,
        count: Math.min(count, MOST_COUNTED_OF_STATE),
        uncounted: count > MOST_COUNTED_OF_STATE,
        more: Math.max(0, count - CARDS_OF_STATE),
        path: addressOf(LIST, { ...filters, view: null, state }),
        cards: rows.filter((row) => row.state === state).map((row) => cardOf(row, asked.now)),
      };
    });
  }
}

/** A step that needs a reason, a SIM card or a document is made on the order's own page. */
function cardOf(row: OrderListRow, now: Date): object {
  const { id, number, revision, name, company, operator, tariff, assignee, next_call_at: callAt } = row;
  const [step = null] = nextStates(row).filter((to) => !needsReason(row.state, to));
  return {
    ...{ id, number, revision, name, company, operator, tariff, assignee, callAt, step },
    overdue: isOverdue(row, now),
    needsSim: row.state === 'agreed' && row.sim_id === null,
    handOver: mayMove(row, 'handed_over'),
    activate: mayMove(row, 'active'),
  };
}
