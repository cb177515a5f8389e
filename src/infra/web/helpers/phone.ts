import { formatPhone } from '../../../shared/phone.js';

/** `{{phone login.phone}}` → `+7 921 123-45-67` */
export function phone(number: string): string {
  return formatPhone(number).replaceAll(' ', '\u00a0');
}

/** `<a href="{{phoneLink brand.phone}}">`: `8 800 555-01-23` → `tel:88005550123` */
export function phoneLink(number: string): string {
  return `tel:${number.replace(/[^\d+]/g, '')}`;
}
