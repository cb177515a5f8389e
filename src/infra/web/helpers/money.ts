import { formatMoney, withSign } from '../../i18n/format.js';
import { localsOf, units, type HelperOptions } from './helper.js';

/** `{{money purchase.toPayKopecks}}` → `1 250,50 ₽` */
export function money(kopecks: bigint | string, options: HelperOptions): string {
  return formatMoney(units(kopecks), localsOf(options).lang);
}

/** `{{signedMoney change.amountKopecks}}` → `+1 250,50 ₽`, `−100 ₽` */
export function signedMoney(kopecks: bigint | string, options: HelperOptions): string {
  return withSign(money(kopecks, options));
}
