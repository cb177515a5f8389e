import type { SettingReader } from './setting-reader.js';

const MOST_POINTS = 1_000_000;

/** Points that a number alone may spend, in hundredths; null where nobody limits them. */
export function readStaticLimit(read: SettingReader): bigint | null {
  if (read.given('REDEEM_STATIC_UP_TO_POINTS') === undefined) return null;
  return BigInt(read.integer('REDEEM_STATIC_UP_TO_POINTS', 0, MOST_POINTS)) * 100n;
}
