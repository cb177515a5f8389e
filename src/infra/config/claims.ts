import type { ClaimTerms } from './config.js';
import type { SettingReader } from './setting-reader.js';

export function readClaimTerms(read: SettingReader): ClaimTerms {
  return { perDay: read.integer('CLAIMS_PER_DAY', 1, 1000), waitDays: read.integer('CLAIM_WAIT_DAYS', 1, 365) };
}
