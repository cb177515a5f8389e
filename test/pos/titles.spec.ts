import { errorTexts } from '../../src/infra/web/error-texts.js';
import { hasText } from '../../src/infra/i18n/texts.js';

/** Every code that the contract of the till's API names. */
const CODES = [
  ...[
    'unauthorized',
    'idempotency_key_required',
    'invalid_request',
    'card_not_found',
    'purchase_not_found',
    'not_found',
  ],
  ...['card_not_sold', 'card_not_active', 'card_blocked', 'card_already_sold', 'redeem_exceeds_limit'],
  ...['insufficient_points', 'proof_required', 'receipt_already_registered', 'idempotency_in_progress'],
  ...[
    'payload_too_large',
    'headers_too_large',
    'request_timeout',
    'unsupported_media_type',
    'idempotency_key_reused',
    'rate_limited',
    'internal_error',
  ],
  ...['unavailable', 'purchase_not_held', 'purchase_not_confirmed', 'refund_exceeds_purchase', 'refund_kind_mixed'],
];

it.each(CODES)('%s fits a cashier’s display, in Russian', (code) => {
  expect(hasText('ru', `errors:${code}`)).toBe(true);
  const { title } = errorTexts('ru', code, 'fault', {});
  expect(title).toMatch(/^[А-ЯЁ][А-Яа-яЁё ,-]*[а-яё]$/);
  expect(title.length).toBeLessThanOrEqual(40);
});
