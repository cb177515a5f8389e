import { possibleBodies, searchablePrefix } from '../../sims/iccid/iccid.js';
import { readPlace, type Place } from '../../sims/stock/place.js';
import { type SimKind, simKinds, type SimState, simStates } from '../../sims/stock/sim-state.js';
import { isUUID } from 'class-validator';
import { phoneOrNull } from '../../shared/phone.js';
import { type PageQuery, textOf } from '../page-query.js';

/** What was typed into the search of the stock. */
export type SimSearch =
  | { kind: 'all' }
  | { kind: 'number'; number: string }
  /** The last digits of a number. */
  | { kind: 'tail'; digits: string }
  /** The whole of it: somebody has the card before them. */
  | { kind: 'iccid'; bodies: string[] }
  /** The first digits, those that are hidden left out. */
  | { kind: 'iccid_prefix'; digits: string }
  | { kind: 'nothing' };

export interface SimFilter {
  operatorId: string | null;
  state: SimState | null;
  kind: SimKind | null;
  place: Place | null;
  party: string | null;
  search: SimSearch;
}

/** As an address has it. */
export type SimFilterQuery = Record<'operator' | 'state' | 'kind' | 'place' | 'party' | 'q', string | null>;

/** Fewer would find a good part of the stock. */
const FEWEST_DIGITS = 3;
const PHONE_DIGITS = 11;
const SHORTEST_PREFIX = 4;
const SHORTEST_ICCID = 18;
const LONGEST_ICCID = 20;

export function filterOf(query: PageQuery): SimFilter {
  const operator = textOf(query, 'operator');
  return {
    operatorId: operator && isUUID(operator) ? operator : null,
    state: simStates.find((state) => state === query['state']) ?? null,
    kind: simKinds.find((kind) => kind === query['kind']) ?? null,
    place: readPlace(query['place']),
    party: textOf(query, 'party'),
    search: readSimSearch(textOf(query, 'q')),
  };
}

export function queryOf(query: PageQuery): SimFilterQuery {
  const { operatorId, state, kind, place, party } = filterOf(query);
  const at = place && `${place.kind}:${place.id}`;
  return { operator: operatorId, state, kind, place: at, party, q: textOf(query, 'q') };
}

export function isFiltered(query: SimFilterQuery): boolean {
  return Object.values(query).some((value) => value !== null);
}

/** A number, its last digits, or the first ones of an ICCID, which always begins with 89; spaces, dashes and the filler do not count. */
export function readSimSearch(typed: string | null): SimSearch {
  if (typed === null) return { kind: 'all' };
  const digits = typed.replace(/[\s()+\p{Pd}]/gu, '').replace(/f+$/i, '');
  if (!/^\d+$/.test(digits) || digits.length > LONGEST_ICCID) return { kind: 'nothing' };
  if (digits.length >= SHORTEST_ICCID) return { kind: 'iccid', bodies: possibleBodies(digits) };
  const number = digits.length <= PHONE_DIGITS ? phoneOrNull(typed) : null;
  if (number) return { kind: 'number', number };
  if (digits.length >= SHORTEST_PREFIX && digits.startsWith('897')) {
    return { kind: 'iccid_prefix', digits: searchablePrefix(digits) };
  }
  const isTail = digits.length >= FEWEST_DIGITS && digits.length < PHONE_DIGITS;
  return isTail ? { kind: 'tail', digits } : { kind: 'nothing' };
}
