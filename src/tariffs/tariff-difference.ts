import type { TariffTerms } from './tariff-terms.js';

/** What of a tariff is told apart: some of it takes several fields to say. */
const ASPECTS = {
  name: ['name'],
  audience: ['audience', 'forPersons'],
  region: ['region'],
  price: ['priceKopecks', 'period'],
  connectionFee: ['connectionFeeKopecks'],
  minutes: ['minutesKind', 'minutes'],
  traffic: ['trafficKind', 'trafficMegabytes'],
  sms: ['smsKind', 'sms'],
  extras: ['extras'],
  conditions: ['conditions'],
  lastDay: ['lastDay'],
  source: ['source', 'sourceYear', 'sourceQuality'],
} as const satisfies Record<string, readonly (keyof TariffTerms)[]>;

export type TariffAspect = keyof typeof ASPECTS;
export const TARIFF_ASPECTS = Object.keys(ASPECTS) as TariffAspect[];

/** What two versions say differently, in the order in which a tariff is told. */
export function differencesOf(before: TariffTerms, after: TariffTerms): TariffAspect[] {
  return TARIFF_ASPECTS.filter((aspect) => sayingOf(before, aspect) !== sayingOf(after, aspect));
}

function sayingOf(terms: TariffTerms, aspect: TariffAspect): string {
  return JSON.stringify(ASPECTS[aspect].map((field) => plain(terms[field])));
}

function plain(value: TariffTerms[keyof TariffTerms]): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
