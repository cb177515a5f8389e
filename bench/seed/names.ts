import { createHash } from 'node:crypto';
import { checkDigit } from '../../src/shared/ean13.js';

/** Terminals of the benchmark, one for each client. */
export const TERMINALS = 32;

/** A key of the right shape; these databases live for minutes. */
export function terminalKey(terminal: number): string {
  return `sk_pos_${createHash('sha256').update(`bench ${terminal}`).digest('base64url')}`;
}

/** The number of the card at this place, from 0. */
export function cardNumber(place: number): string {
  const twelve = `2990${String(place).padStart(8, '0')}`;
  return twelve + checkDigit(twelve);
}

/** Ids that both the seeding SQL and the reference can work out; older than any that the application makes. */
export const ID_SQL = (kind: number, place: string): string =>
  `('0000000${kind}-0000-7000-8000-' || lpad(to_hex(${place}), 12, '0'))::uuid`;

export function id(kind: number, place: number): string {
  return `0000000${kind}-0000-7000-8000-${place.toString(16).padStart(12, '0')}`;
}

export const KIND = {
  station: 1,
  terminal: 2,
  batch: 3,
  account: 4,
  purchase: 5,
  transfer: 6,
  lot: 7,
  key: 8,
  order: 9,
} as const;
