import type { CardReference } from '../loyalty/purchase.js';
import { isCardNumber } from '../shared/ean13.js';
import { phoneOrNull } from '../shared/phone.js';

/** Thirteen digits are a card; anything else is its owner's phone, or it is nothing that we know. */
export function cardReference(text: string): CardReference {
  if (isCardNumber(text)) {
    return { number: text };
  }
  const phone = phoneOrNull(text);
  return phone === null ? { number: text } : { phone };
}
