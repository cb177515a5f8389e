import type { TariffTerms } from '../tariff-terms.js';
import { packagesLine } from './tariff-words.js';

const terms = (known: Partial<TariffTerms>): TariffTerms =>
  ({ trafficKind: 'unknown', minutesKind: 'unknown', smsKind: 'unknown', ...known }) as TariffTerms;

it.each([
  [{ trafficKind: 'unlimited', minutesKind: 'amount', minutes: 500 }, 'безлимитный интернет · 500 минут'],
  [
    { trafficKind: 'none', minutesKind: 'unlimited', smsKind: 'amount', sms: 300 },
    'без интернета · безлимитные звонки · 300 SMS',
  ],
] as const)('packages say what they are of: %#', (known, words) => {
  expect(packagesLine(terms(known), 'ru')).toBe(words);
});
