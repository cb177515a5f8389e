import { formatInteger } from '../../i18n/format.js';
import { localsOf, type HelperOptions } from './helper.js';

/** `{{number batch.size}}` → `10 000` */
export function number(value: number | bigint, options: HelperOptions): string {
  return formatInteger(value, localsOf(options).lang);
}
