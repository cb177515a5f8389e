import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { mayOpen } from '../../infra/web/menus.js';
import type { Viewer } from '../../infra/web/viewer.js';
import { Clock } from '../../shared/clock.js';
import { addressOf } from '../page-query.js';
import { filterParts, type OrderFilter, readFilter } from './order-filter.js';
import { OrderListQueries } from './order-list.queries.js';
import { isOverdue, LIST, TAGS } from './order-views.js';

const EVERYTHING = readFilter({});
/** What waits, and where all of it stands. */
const WAITING: Record<'overdue' | 'mine' | 'free', OrderFilter> = {
  overdue: { ...EVERYTHING, overdue: true },
  mine: { ...EVERYTHING, mine: true },
  free: { ...EVERYTHING, free: true, state: 'new' },
};
const SHOWN = 5;

/** The orders' part of `/admin`: whom to call, what one has taken, and what nobody has. */
@Injectable()
export class OrdersToday {
  constructor(
    private readonly lists: OrderListQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Null for whoever has nothing to do with orders. */
  async waiting(viewer: Viewer | null): Promise<object | null> {
    if (!viewer || !this.config.lines.includes('telecom') || !mayOpen(LIST, viewer)) return null;
    const now = this.clock.now();
    const asked = { staffId: viewer.id, now };
    const names = Object.keys(WAITING) as (keyof typeof WAITING)[];
    const [late, ...pages] = await Promise.all([
      this.lists.overdue(now),
      ...names.map((name) => this.lists.first({ ...WAITING[name], ...asked }, SHOWN)),
    ]);
    const piles = names.map((name, n) => ({
      name,
      path: addressOf(LIST, filterParts(WAITING[name])),
      orders: pages[n]!.rows.map((row) => ({ ...row, tag: TAGS[row.state], overdue: isOverdue(row, now) })),
      more: pages[n]!.next !== null,
    }));
    return { late, piles };
  }
}
