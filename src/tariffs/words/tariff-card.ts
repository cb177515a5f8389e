import type { Language } from '../../infra/i18n/texts.js';
import { text } from '../../infra/i18n/texts.js';
import { formatMoney } from '../../infra/i18n/format.js';
import { formatDecimal } from '../../shared/decimal.js';
import type { ShownOperator, ShownTariff } from '../catalogue/shown-tariff.js';
import { monthlyKopecks } from '../catalogue/tariff-search.js';
import { audienceWords, minutesWords, periodWords, smsWords, trafficWords } from './tariff-words.js';
import type { AllowanceKind, TariffTerms } from '../tariff-terms.js';

export interface Package {
  name: 'minutes' | 'traffic' | 'sms';
  icon: string;
  words: string;
  kind: AllowanceKind;
}

/** A tariff as a card of a list shows it. */
export interface TariffCard {
  slug: string;
  name: string;
  operator: ShownOperator;
  /** Null where nobody knows it. */
  price: string | null;
  period: string;
  /** What it comes to in a month, where it is not paid by the month. */
  monthly: string | null;
  packages: Package[];
  extras: string[];
  more: number;
  region: string | null;
  audience: string;
  demo: string | null;
}

const SHOWN_EXTRAS = 2;

export function tariffCard(tariff: ShownTariff, language: Language): TariffCard {
  const { slug, name, operator, extras, region } = tariff;
  return {
    ...{ slug, name, operator, region, ...priceOf(tariff, language) },
    packages: packagesOf(tariff, language),
    extras: extras.slice(0, SHOWN_EXTRAS),
    more: Math.max(0, extras.length - SHOWN_EXTRAS),
    audience: audienceWords(tariff, language),
    demo: demoWords(tariff, language),
  };
}

export function priceOf(
  { priceKopecks, period }: Pick<TariffTerms, 'priceKopecks' | 'period'>,
  language: Language,
): { price: string | null; period: string; monthly: string | null; offerPrice: string | null } {
  const monthly = period === 'month' ? null : monthlyKopecks(priceKopecks, period);
  return {
    price: priceKopecks === null ? null : formatMoney(priceKopecks, language),
    period: periodWords(period, language),
    monthly: monthly === null ? null : formatMoney(wholeRubles(monthly), language),
    // Search engines read it with a point.
    offerPrice: priceKopecks === null ? null : formatDecimal(priceKopecks),
  };
}

export function packagesOf(terms: TariffTerms, language: Language): Package[] {
  return [
    { name: 'traffic', icon: 'world', words: trafficWords(terms, language), kind: terms.trafficKind },
    { name: 'minutes', icon: 'phone', words: minutesWords(terms, language), kind: terms.minutesKind },
    { name: 'sms', icon: 'message', words: smsWords(terms, language), kind: terms.smsKind },
  ];
}

/** What came with the demo says so, and of which year it is; null for the staff's own. */
export function demoWords(
  { origin, sourceYear }: Pick<ShownTariff, 'origin' | 'sourceYear'>,
  language: Language,
): string | null {
  if (origin !== 'demo') return null;
  return sourceYear === null
    ? text(language, 'tariffs:demo.noYear')
    : text(language, 'tariffs:demo.year', { year: sourceYear });
}

/** A sum that is worked out, not charged, is told in whole rubles. */
function wholeRubles(kopecks: bigint): bigint {
  return ((kopecks + 50n) / 100n) * 100n;
}
