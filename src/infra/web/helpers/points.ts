import { formatPoints, withSign } from '../../i18n/format.js';
import { pointsText } from '../../i18n/points-text.js';
import { localsOf, units, type HelperOptions } from './helper.js';

/** `{{points balance.hundredths}}` → `1 284,50` */
export function points(hundredths: bigint | string, options: HelperOptions): string {
  return formatPoints(units(hundredths), localsOf(options).lang);
}

/** `{{signedPoints operation.pointsHundredths}}` → `+24,27`, `−350` */
export function signedPoints(hundredths: bigint | string, options: HelperOptions): string {
  return withSign(points(hundredths, options));
}

/** `{{#if (isPositive operation.pointsHundredths)}}` */
export function isPositive(amount: bigint | string): boolean {
  return units(amount) > 0n;
}

/** `{{pointsInWords lot.remaining}}` → `120 баллов`, `1 балл`, `1,50 балла` */
export function pointsInWords(hundredths: bigint | string, options: HelperOptions): string {
  return pointsText(units(hundredths), localsOf(options).lang);
}
