/** Time as the business sees it. Rules never read the system clock themselves. */
export abstract class Clock {
  /** Business time: lots, promotions, receipts, schedules. The demo may shift it forward. */
  abstract now(): Date;
  /** Real time: sessions, one-time codes, rate limits, idempotency keys. */
  abstract real(): Date;
}
