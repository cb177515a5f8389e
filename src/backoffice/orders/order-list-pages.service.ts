import { Injectable } from '@nestjs/common';
import { isClosed, ORDER_STATES, WAYS } from '../../orders/order.js';
import { Clock } from '../../shared/clock.js';
import { maskedPhone } from '../masked-phone.js';
import { addressOf, pagePaths, type PageQuery, wordsInsteadOf } from '../page-query.js';
import { OrderBoard } from './order-board.service.js';
import { filterParts, type OrderFilter, readFilter } from './order-filter.js';
import { type Asked, OrderListQueries, type OrderListRow } from './order-list.queries.js';
import { isOverdue, LIST, TAGS } from './order-views.js';
import { OrderQueries } from './order.queries.js';

type Parts = ReturnType<typeof filterParts>;

const NOTHING = { rows: [], next: null };

/** `/admin/orders`: what is to be done, what is overdue first; as a table, or as a board. */
@Injectable()
export class OrderListPages {
  constructor(
    private readonly lists: OrderListQueries,
    private readonly board: OrderBoard,
    private readonly orders: OrderQueries,
    private readonly clock: Clock,
  ) {}

  async list(query: PageQuery, staffId: string): Promise<object> {
    const now = this.clock.now();
    const filter = readFilter(query);
    const filters = filterParts(filter);
    const asked = { ...filter, staffId, now };
    const words = wordsInsteadOf(filter.digits, query);
    const [shown, overdue, operators, colleagues] = await Promise.all([
      showsBoard(filter) && !words ? this.columns(asked) : this.table(asked, query, filters),
      this.lists.overdue(now),
      this.orders.operators(),
      this.orders.colleagues(),
    ]);
    return {
      ...{ filters, words, overdue, operators, ways: WAYS, ...shown, ...choicesOf(filter, filters) },
      colleagues: colleagues.map(({ id: value, name }) => ({ value, name })),
    };
  }

  private async columns(asked: Asked): Promise<object> {
    const kept = Object.entries(filterParts(asked)).flatMap(([name, value]) => (value ? [{ name, value }] : []));
    return { board: await this.board.columns(asked), kept };
  }

  private async table(asked: Asked, query: PageQuery, filters: Parts): Promise<object> {
    const words = wordsInsteadOf(asked.digits, query);
    const page = words ? NOTHING : await this.lists.list(asked, query['after']);
    const ticked = [query['order'] ?? []].flat();
    return {
      filtered: Object.values({ ...filters, view: words }).some(Boolean),
      closed: asked.state !== null && isClosed(asked.state),
      orders: page.rows.map((row) => shown(row, asked.now, ticked)),
      ...pagePaths(LIST, filters, query, page),
    };
  }
}

/** What is searched for and what has one state are a table, whatever the switch says. */
function showsBoard({ board, state, digits }: OrderFilter): boolean {
  return board && state === null && digits === null;
}

/** The switch between board and table, and the chips. */
function choicesOf(filter: OrderFilter, filters: Parts): object {
  const flip = (name: string, value: string, current: boolean): { current: boolean; path: string } => ({
    ...{ current, path: addressOf(LIST, { ...filters, q: null, [name]: current ? null : value }) },
  });
  const onBoard = showsBoard(filter);
  return {
    // The columns are the open ones.
    states: ORDER_STATES.filter((name) => !onBoard || isClosed(name)).map((name) => ({
      name,
      ...flip('state', name, name === filter.state),
    })),
    chips: [
      { name: 'mine', ...flip('mine', '1', filter.mine) },
      { name: 'free', ...flip('free', '1', filter.free) },
      { name: 'late', ...flip('overdue', '1', filter.overdue) },
    ],
    views: [
      { name: 'table', current: !onBoard, path: addressOf(LIST, { ...filters, view: null }) },
      { name: 'board', current: onBoard, path: addressOf(LIST, { ...filters, view: 'board', state: null, q: null }) },
    ],
  };
}

function shown({ phone, ...row }: OrderListRow, now: Date, ticked: readonly unknown[]): object {
  const tick = `${row.id}.${row.revision}`;
  return {
    ...row,
    ...{ overdue: isOverdue(row, now), tick, ticked: ticked.includes(tick) },
    tag: TAGS[row.state],
    maskedPhone: maskedPhone(phone),
  };
}
