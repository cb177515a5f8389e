import { groupCardNumber } from '../../../shared/ean13.js';

/** `{{cardNumber card.number}}` → `2990 3844 1726 5` */
export function cardNumber(number: string): string {
  return groupCardNumber(number).replaceAll(' ', '\u00a0');
}
