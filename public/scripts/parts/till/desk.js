// One customer at the till: the card, the sums, what to spend.
import { decimalOf, kopecksOf } from './figures.js';

const DRAFT = 'till.draft';

/** Thirteen digits whose last one fits the others. */
export function isCardNumber(text) {
  if (!/^\d{13}$/.test(text)) return false;
  const sum = [...text].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

/** What may be looked up: a card's number, a phone, or a QR code's text as it is. Null for a slip of the finger. */
export function referenceOf(text, scanned = false) {
  const plain = text.replace(/[\s()-]/g, '');
  if (isCardNumber(plain) || /^(\+7|7|8)\d{10}$/.test(plain) || /^9\d{9}$/.test(plain)) return plain;
  return scanned && !/^\d+$/.test(plain) && text.trim() !== '' ? text.trim() : null;
}

/** The lines of a receipt; null where a sum is none. */
export function linesOf(inputs) {
  const lines = [];
  for (const input of inputs) {
    const kopecks = kopecksOf(input.value);
    if (kopecks === null) return null;
    if (kopecks > 0) lines.push({ category: input.dataset.sum, sum: decimalOf(kopecks) });
  }
  return lines;
}

export function totalOf(inputs) {
  return inputs.reduce((total, { value }) => total + (kopecksOf(value) ?? 0), 0);
}

/** What is on the screen outlives a reload and the PIN. */
export const draft = {
  read: () => JSON.parse(sessionStorage.getItem(DRAFT) ?? 'null'),
  keep: (value) => sessionStorage.setItem(DRAFT, JSON.stringify(value)),
  drop: () => sessionStorage.removeItem(DRAFT),
};

/** The device's own count of receipts: `W3-17`. */
export function nextReceipt({ id, number, receipts }) {
  const place = `till.receipts.${id}`;
  const count = Math.max(Number(localStorage.getItem(place) ?? 0), receipts) + 1;
  localStorage.setItem(place, String(count));
  return `W${number}-${count}`;
}
