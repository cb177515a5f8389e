import type { CardReference } from '../loyalty/purchase.js';
import { spendingPayload } from '../loyalty/spending/rotating-code.js';
import { isCardNumber } from '../shared/ean13.js';
import { phoneOrNull } from '../shared/phone.js';

/** Thirteen digits are a card, a QR code names one; anything else is its owner's phone, or it is nothing that we know. */
export function cardReference(text: string): CardReference {
  if (isCardNumber(text)) {
    return { number: text };
  }
  const payload = spendingPayload(text);
  if (payload !== null) {
    return { number: payload.number };
  }
  const phone = phoneOrNull(text);
  return phone === null ? { number: text } : { phone };
}
