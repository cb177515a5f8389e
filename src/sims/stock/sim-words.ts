import { possibleBodies } from '../iccid/iccid.js';

/** What a clerk typed to find a card: the whole ICCID of the one in their hand, or the end of a number. */
export type SimWords = { kind: 'iccid'; bodies: string[] } | { kind: 'number'; pattern: string };

const WHOLE_ICCID = /^\d{18,20}$/;
const PATTERN = /^[\d?]{1,10}$/;

/** As it was typed or scanned: grouped, with its check digit or without, padded with F. Null where it is neither. */
export function readSimWords(typed: string): SimWords | null {
  const digits = typed.replace(/[\s\p{Pd}]/gu, '').replace(/f+$/i, '');
  if (WHOLE_ICCID.test(digits)) return { kind: 'iccid', bodies: possibleBodies(digits) };
  const pattern = typed.replace(/[^\d?]/g, '');
  return PATTERN.test(pattern) ? { kind: 'number', pattern } : null;
}
