import type { CardReference } from '../loyalty/purchase.js';
import { phoneOrNull } from '../shared/phone.js';

/** Thirteen digits are a card; anything else is its owner's phone, or it is nothing that we know. */
export function cardReference(text: string): CardReference {
  const number = cardNumber(text);
  const phone = number === NO_CARD ? phoneOrNull(text) : null;
  return phone === null ? { number } : { phone };
}

/** What stands where a card's number should: the database never sees anything else than thirteen digits. */
export function cardNumber(text: string): string {
  return /^[0-9]{13}$/.test(text) ? text : NO_CARD;
}

const NO_CARD = '-';
