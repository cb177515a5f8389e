import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { PLAIN_TERMS, type PromotionTerms } from '../../src/loyalty/promotions/promotion-terms.js';

/** Ten that a chain might run at once: most look at every purchase, half give points, three count caps. */
const TEN: readonly Partial<PromotionTerms>[] = [
  { kind: 'multiplier', value: 200, categories: ['fuel'], dayCapHundredths: 30_000 },
  { kind: 'percent', value: 100, totalCapHundredths: 100_000_000 },
  { kind: 'fixed', value: 100, minPaidKopecks: 10_000, dayCapHundredths: 100_000 },
  { kind: 'percent', value: 50 },
  { kind: 'multiplier', value: 300, exclusive: true, priority: 5, categories: ['services'] },
  { kind: 'multiplier', value: 150, exclusive: true, priority: 1 },
  { kind: 'percent', value: 500, categories: ['food'], fromTime: '07:00', toTime: '11:00' },
  { kind: 'fixed', value: 10_000, birthdayDays: 3 },
  { kind: 'fixed', value: 5000, firstPurchase: true },
  { kind: 'multiplier', value: 200, weekdays: [6, 7], stationChoice: 'only' },
];

export async function seedPromotions(client: Client): Promise<void> {
  for (const [index, terms] of TEN.entries()) {
    await client.query(`insert into promotion (id, state, terms, created_at) values ($1, 'published', $2, now())`, [
      randomUUID(),
      JSON.stringify({ ...PLAIN_TERMS, title: `Акция ${index + 1}`, ...terms }),
    ]);
  }
}
