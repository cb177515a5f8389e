import type { FormTerms } from './config.js';
import type { SettingReader } from './setting-reader.js';

const MOST = 1_000_000;

/** In the demo everybody comes from one address; what is counted by phone stays as in earnest. */
export function readFormTerms(read: SettingReader, demo: boolean): FormTerms {
  return {
    perPhoneDay: read.integer('ORDERS_PER_PHONE_DAY', 1, MOST),
    perIpHour: read.integer('ORDERS_PER_IP_HOUR', 1, MOST, demo ? 500 : 10),
    perPrefixHour: read.integer('ORDERS_PER_PREFIX_HOUR', 1, MOST, demo ? 500 : 20),
  };
}
