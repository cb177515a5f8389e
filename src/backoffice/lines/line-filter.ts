import { isUUID } from 'class-validator';
import { LINE_STATES, type LineState } from '../../lines/line-state.js';
import { type PageQuery, textOf } from '../page-query.js';

/** What the list is narrowed to; null where it does not matter. */
export interface LineFilter {
  operatorId: string | null;
  state: LineState | null;
  /** The end of a number, or all of it without +7; digits alone. */
  digits: string | null;
}

const LONG_PHONE = 11;
const MOST_DIGITS = 10;
/** Fewer would find a good part of all lines. */
export const FEWEST_DIGITS = 3;

export function readFilter(query: PageQuery): LineFilter {
  const operator = textOf(query, 'operator');
  return {
    operatorId: operator && isUUID(operator) ? operator : null,
    state: LINE_STATES.find((known) => known === query['state']) ?? null,
    digits: digitsOf(textOf(query, 'q')),
  };
}

/** As an address says it. */
export function filterParts({ operatorId, state, digits }: LineFilter): Record<string, string | null> {
  return { operator: operatorId, state, q: digits };
}

function digitsOf(text: string | null): string | null {
  const digits = (text ?? '').replace(/\D/g, '');
  if (digits === '') return null;
  return digits.length === LONG_PHONE && /^[78]/.test(digits) ? digits.slice(1) : digits.slice(-MOST_DIGITS);
}
