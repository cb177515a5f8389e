import { phoneOrNull } from '../../shared/phone.js';

const LONGEST = 100;
const PHONE_DIGITS = 11;
/** Fewer would find a good part of everything. */
const FEWEST_DIGITS = 4;
const MOST_WORDS = 5;

/** What was typed, as telecom's things are looked for; null where it is nothing of the kind. */
export interface TelecomWords {
  /** Of an order or of a phone: `№ 10012`, `45-67`, `8 921 123-45-67`. */
  digits: string | null;
  /** Of a line: the whole number without its country, or its end. */
  lineDigits: string | null;
  /** Words of a tariff's name. */
  words: string[] | null;
}

export function readTelecomWords(typed: string): TelecomWords {
  const text = typed.normalize('NFC').trim().slice(0, LONGEST);
  const isOrder = /^(№|#|n)\s*\d+$/iu.test(text);
  const isDigits = isOrder || /^[\d\s()+.\p{Pd}]+$/u.test(text);
  const digits = isDigits ? text.replace(/\D/g, '') : '';
  if (digits.length >= FEWEST_DIGITS && digits.length <= PHONE_DIGITS) {
    const phone = phoneOrNull(text);
    const short = phone === null ? digits : phone.slice(2);
    return { digits: short, lineDigits: isOrder || short.length === PHONE_DIGITS ? null : short, words: null };
  }
  return { digits: null, lineDigits: null, words: wordsOf(text) };
}

/** As the index of names has them: letters and digits, «ё» as «е». Digits alone are no name. */
function wordsOf(text: string): string[] | null {
  if (!/\p{L}/u.test(text) || text.includes('@')) return null;
  const words =
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, MOST_WORDS);
}
