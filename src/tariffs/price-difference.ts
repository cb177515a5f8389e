import { monthlyKopecks } from './catalogue/tariff-search.js';
import type { Period, TariffTerms } from './tariff-terms.js';

type Priced = Pick<TariffTerms, 'priceKopecks' | 'period'>;

/** What another tariff costs more or less in a period. */
export type PriceDifference =
  | { kind: 'unknown' }
  | {
      kind: 'same' | 'more' | 'less';
      /** Never below zero. */
      kopecks: bigint;
      period: Period;
      /** Whether the two are paid by different periods, so that a month is worked out. */
      approximate: boolean;
    };

export function priceDifference(present: Priced, next: Priced): PriceDifference {
  const approximate = present.period !== next.period;
  const [was, becomes] = approximate
    ? [monthlyKopecks(present.priceKopecks, present.period), monthlyKopecks(next.priceKopecks, next.period)]
    : [present.priceKopecks, next.priceKopecks];
  if (was === null || becomes === null) return { kind: 'unknown' };
  const kopecks = becomes > was ? becomes - was : was - becomes;
  const kind = becomes === was ? 'same' : becomes > was ? 'more' : 'less';
  return { kind, kopecks, period: approximate ? 'month' : next.period, approximate };
}
