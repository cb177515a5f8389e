import type { OrderTerms } from './config.js';
import type { SettingReader } from './setting-reader.js';

const MOST = 1_000_000;

/** In the demo everybody comes from one address; what is counted by phone stays as in earnest. */
export function readOrderTerms(read: SettingReader, demo: boolean): OrderTerms {
  return {
    perPhoneDay: read.integer('ORDERS_PER_PHONE_DAY', 1, MOST),
    perIpHour: read.integer('ORDERS_PER_IP_HOUR', 1, MOST, demo ? 500 : 10),
    perPrefixHour: read.integer('ORDERS_PER_PREFIX_HOUR', 1, MOST, demo ? 500 : 20),
    perCustomerDay: read.integer('ORDERS_PER_CUSTOMER_DAY', 1, MOST),
    keepDays: read.integer('ORDER_KEEP_DAYS', 1, 3650),
  };
}
