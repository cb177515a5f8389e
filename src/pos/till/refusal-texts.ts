import { hasText, text, type Language } from '../../infra/i18n/texts.js';
import { errorTexts } from '../../infra/web/error-texts.js';

/** Everything that the page's own calls may be refused with. */
const CODES = [
  ...['card_not_found', 'card_not_sold', 'card_not_active', 'card_blocked', 'card_already_sold'],
  ...['redeem_exceeds_limit', 'insufficient_points', 'proof_required', 'velocity_exceeded'],
  ...['receipt_already_registered', 'till_shift_unknown', 'idempotency_key_reused', 'idempotency_in_progress'],
  ...['invalid_request', 'payload_too_large', 'unsupported_media_type', 'forbidden', 'stale_form', 'not_found'],
  ...['rate_limited', 'internal_error', 'unavailable'],
];
/** What to do may depend on the refusal's own `advice`. */
const ADVISED = [
  ['proof_required', 'code_sent'],
  ['proof_required', 'code_not_sent'],
] as const;

/** By `<code>` or `<code>_<advice>`: what happened, and what a cashier at a page does next. */
export function refusalTexts(language: Language): Record<string, [title: string, next: string]> {
  const known = CODES.map((code) => [code, code] as const);
  const advised = ADVISED.map(([code, advice]) => [`${code}_${advice}`, code] as const);
  return Object.fromEntries(
    [...known, ...advised].map(([key, code]) => {
      const { title, next } = errorTexts(language, code, 'conflict');
      const own = `till:refusalNext.${key}`;
      return [key, [title, hasText(language, own) ? text(language, own) : next]];
    }),
  );
}
