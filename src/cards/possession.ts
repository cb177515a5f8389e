import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Six digits printed on the card, for whoever activates it: proof that the plastic is in their hands (L3).
 * Derived from the number under the installation's secret and kept nowhere, so a copy of the database tells nothing.
 */
export function possessionCode(secret: string, cardNumber: string): string {
  const mac = createHmac('sha256', secret).update(`possession:${cardNumber}`).digest();
  return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

export function isPossessionCode(secret: string, cardNumber: string, typed: string): boolean {
  const right = Buffer.from(possessionCode(secret, cardNumber));
  const given = Buffer.from(typed.replace(/\s/g, ''));
  return given.length === right.length && timingSafeEqual(given, right);
}
