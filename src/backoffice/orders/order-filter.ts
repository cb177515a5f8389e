import { ORDER_STATES, type OrderState, type Way, WAYS } from '../../orders/order.js';
import { type PageQuery, textOf } from '../page-query.js';

/** What the list is narrowed to; null where it does not matter. */
export interface OrderFilter {
  /** Columns of states instead of a table. */
  board: boolean;
  /** Null for all that are open. */
  state: OrderState | null;
  /** What has its call behind time. */
  overdue: boolean;
  mine: boolean;
  /** What nobody has taken yet. */
  free: boolean;
  /** An operator's code. */
  operator: string | null;
  way: Way | null;
  /** The order's number or the end of a phone: digits alone. */
  digits: string | null;
}

const LONG_PHONE = 11;
const MOST_DIGITS = 10;

export function readFilter(query: PageQuery): OrderFilter {
  return {
    board: query['view'] === 'board',
    state: ORDER_STATES.find((known) => known === query['state']) ?? null,
    overdue: query['overdue'] === '1',
    mine: query['mine'] === '1',
    free: query['free'] === '1',
    operator: /^[a-z][a-z0-9_]{1,30}$/.test(textOf(query, 'operator') ?? '') ? textOf(query, 'operator') : null,
    way: WAYS.find((known) => known === query['way']) ?? null,
    digits: digitsOf(textOf(query, 'q')),
  };
}

/** As an address says it. */
export function filterParts(filter: OrderFilter): Record<string, string | null> {
  const { board, state, overdue, mine, free, operator, way, digits } = filter;
  const flag = (set: boolean): string | null => (set ? '1' : null);
  return {
    ...{ view: board ? 'board' : null, state, overdue: flag(overdue), mine: flag(mine), free: flag(free) },
    ...{ operator, way, q: digits },
  };
}

/** `8 (921) 123-45-67`, `45-67` or `№ 10012` as digits; the country's code is left out. */
function digitsOf(text: string | null): string | null {
  const digits = (text ?? '').replace(/\D/g, '');
  if (digits === '') return null;
  return digits.length === LONG_PHONE && /^[78]/.test(digits) ? digits.slice(1) : digits.slice(-MOST_DIGITS);
}
