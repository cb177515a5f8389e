import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { OrderState } from '../../orders/order.js';
import { AROUND, type Asked, COLUMNS, DUE, openOnes, type OrderListRow } from './order-list.queries.js';

/** Of a column; the table has the others. */
export const CARDS_OF_STATE = 8;
export const MOST_COUNTED_OF_STATE = 100;

/** Columns of the board: each state is read from its own stretch of an index, so no column feels how long another is. */
@Injectable()
export class OrderBoardQueries {
  constructor(private readonly database: Database) {}

  /** The first cards of each state, by their next call. */
  cards(states: readonly OrderState[], asked: Asked): Promise<OrderListRow[]> {
    const { where, params } = openOnes(asked);
    return this.database.query<OrderListRow>(
      `select ${COLUMNS} from unnest($${params.push(states)}::text[]) as wanted (state) cross join lateral (
         select * from sim_order s where s.state = wanted.state and ${where.join(' and ')}
         order by ${DUE}, s.id limit ${CARDS_OF_STATE}) s ${AROUND}
       order by ${DUE}, s.id`,
      params,
    );
  }

  /** How many there are of each; no more than one above the limit. */
  async counts(states: readonly OrderState[], asked: Asked): Promise<Map<OrderState, number>> {
    const { where, params } = openOnes(asked);
    const rows = await this.database.query<{ state: OrderState; count: number }>(
      `select wanted.state, found.count from unnest($${params.push(states)}::text[]) as wanted (state) cross join lateral (
         select count(*)::int as count from (
           select from sim_order s where s.state = wanted.state and ${where.join(' and ')}
           limit ${MOST_COUNTED_OF_STATE + 1}) known) found`,
      params,
    );
    return new Map(rows.map(({ state, count }) => [state, count]));
  }
}
