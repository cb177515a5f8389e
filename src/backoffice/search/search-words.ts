import { cardDigits } from '../../shared/ean13.js';
import { phoneOrNull } from '../../shared/phone.js';

/** What somebody typed into the search box may mean. */
export type Search =
  | { kind: 'all' }
  | { kind: 'phone'; phone: string }
  /** The last digits of a phone. */
  | { kind: 'tail'; digits: string }
  | { kind: 'card'; number: string }
  | { kind: 'email'; email: string }
  /** The first words of names, folded as `customer.surname_key` is. */
  | { kind: 'name'; words: string[] }
  | { kind: 'nothing' };

const LONGEST = 100;
const FEWEST_DIGITS = 3;
const MOST_WORDS = 2;

export function readSearch(typed: unknown): Search {
  const text = typeof typed === 'string' ? typed.normalize('NFC').replace(/\p{C}/gu, '').trim().slice(0, LONGEST) : '';
  if (text === '') return { kind: 'all' };
  if (text.includes('@')) return { kind: 'email', email: text.toLowerCase() };
  return /\p{L}/u.test(text) ? readName(text) : readDigits(text);
}

function readDigits(text: string): Search {
  const number = cardDigits(text);
  if (/^\d{13}$/.test(number)) return { kind: 'card', number };
  const phone = phoneOrNull(text);
  if (phone) return { kind: 'phone', phone };
  const digits = text.replace(/\D/g, '');
  return digits.length >= FEWEST_DIGITS && digits.length <= 15 ? { kind: 'tail', digits } : { kind: 'nothing' };
}

function readName(text: string): Search {
  const words = text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{M}'’-]+/u)
    .filter((word) => word !== '');
  return words.length > 0 ? { kind: 'name', words: words.slice(0, MOST_WORDS) } : { kind: 'nothing' };
}
