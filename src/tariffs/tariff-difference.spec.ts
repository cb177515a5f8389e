import { differencesOf } from './tariff-difference.js';
import { SAID_BY_NOBODY, type TariffTerms } from './tariff-terms.js';

const terms: TariffTerms = {
  ...{ ...SAID_BY_NOBODY, name: 'Супер', priceKopecks: 65_000n, minutesKind: 'amount', minutes: 500 },
  extras: ['мессенджеры'],
};

it('finds nothing where nothing differs', () => {
  expect(differencesOf(terms, { ...terms, extras: [...terms.extras] })).toEqual([]);
});

it.each<[Partial<TariffTerms>, string[]]>([
  [{ priceKopecks: 65_001n }, ['price']],
  [{ period: 'day' }, ['price']],
  [{ priceKopecks: null }, ['price']],
  [{ minutesKind: 'unlimited', minutes: null }, ['minutes']],
  [{ trafficKind: 'none' }, ['traffic']],
  [{ extras: [] }, ['extras']],
  [{ extras: ['мессенджеры', 'музыка'], name: 'Супер+' }, ['name', 'extras']],
  [{ audience: 'corporate', forPersons: true }, ['audience']],
  [{ sourceYear: 2026 }, ['source']],
  [{ connectionFeeKopecks: 0n, lastDay: '2026-12-31' }, ['connectionFee', 'lastDay']],
])('tells %j', (changes, aspects) => {
  expect(differencesOf(terms, { ...terms, ...changes })).toEqual(aspects);
});
