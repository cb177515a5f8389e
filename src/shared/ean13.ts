import { randomInt } from 'node:crypto';

/** GS1 keeps 20–29 for numbers used inside one company; 2990 is the programme's own range. */
export const CARD_PREFIX = '2990';
const RANDOM_DIGITS = 8;

/** The thirteenth digit: weights 1 and 3 from the left, and what is missing to the next ten. */
export function checkDigit(twelveDigits: string): string {
  if (!/^\d{12}$/.test(twelveDigits)) throw new RangeError('an EAN-13 check digit needs 12 digits');
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += Number(twelveDigits[i]) * (i % 2 === 0 ? 1 : 3);
  return String((10 - (sum % 10)) % 10);
}

export function isEan13(text: string): boolean {
  return /^\d{13}$/.test(text) && checkDigit(text.slice(0, 12)) === text[12];
}

/** Thirteen digits, whatever their check digit: the shape of a card's number. */
export function isCardNumber(text: string): boolean {
  return /^\d{13}$/.test(text);
}

/** What people type: spaces (also the narrow ones of our own pages) and dashes between the groups do not count. */
export function cardDigits(typed: string): string {
  return typed.replace(/[\s\-‐-―−]/gu, '');
}

/** Random digits from the system's source: one number says nothing about another. May repeat one that exists. */
export function randomCardNumber(): string {
  const twelve = CARD_PREFIX + String(randomInt(10 ** RANDOM_DIGITS)).padStart(RANDOM_DIGITS, '0');
  return twelve + checkDigit(twelve);
}

/** `2990 1234 5678 9`: how a number is printed on the card and shown to people. */
export function groupCardNumber(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}
