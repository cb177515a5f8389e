import { asksFigures, filterPath, narrowingCount, readFilter, searchOf, widened } from './tariff-filter.js';

it('reads what the form sends', () => {
  const filter = readFilter({
    ...{ q: ' супер ', operator: ['mts', 't2'], for: 'tablet', region: 'Москва', price: '1 000,50', minutes: '' },
    ...{ gb: '0,5', sms: '100', unlimited: ['internet'], sort: 'traffic', page: '2', t: ['mts-ultra', 't2-m2m'] },
  });
  expect(searchOf(filter)).toEqual({
    ...{ words: 'супер', operators: ['mts', 't2'], audiences: ['tablet'], region: 'Москва' },
    ...{ priceToKopecks: 100_050n, minutesFrom: null, megabytesFrom: 500, smsFrom: 100 },
    ...{ unlimitedTraffic: true, unlimitedMinutes: false, sort: 'traffic' },
  });
  expect([filter.page, filter.t]).toEqual([2, ['mts-ultra', 't2-m2m']]);
});

it.each([
  {},
  { q: '\u0000', operator: 'МТС', for: ['cats'], price: 'дёшево', gb: '-5', page: '0', sort: 'colour', t: '../etc' },
  { q: ['a', 'b'], operator: { a: 'b' }, minutes: '1e9', sms: '0', page: '99999', unlimited: 'everything' },
])('takes %j for no filter at all', (query) => {
  const filter = readFilter(query);
  expect(filter).toEqual(readFilter({}));
  expect(filterPath(filter)).toBe('/tariffs');
  expect(narrowingCount(filter)).toBe(0);
});

it('writes an address that says the same again, and no more than that', () => {
  const query = { operator: ['mts', 't2'], gb: '10', sort: 'minutes', page: '3', t: ['mts-ultra'] };
  const path = filterPath(readFilter(query));
  expect(path).toBe('/tariffs?operator=mts&operator=t2&gb=10&t=mts-ultra&sort=minutes&page=3');
  expect(filterPath(readFilter({ region: 'Москва & область' }))).toBe(
    '/tariffs?region=%D0%9C%D0%BE%D1%81%D0%BA%D0%B2%D0%B0+%26+%D0%BE%D0%B1%D0%BB%D0%B0%D1%81%D1%82%D1%8C',
  );
  expect(filterPath(readFilter(query), { operator: ['t2'], page: 1 })).toBe(
    '/tariffs?operator=t2&gb=10&t=mts-ultra&sort=minutes',
  );
});

it('knows what narrows the list, and how to take it away', () => {
  const filter = readFilter({ operator: ['mts', 't2'], gb: '10', sort: 'name', page: '2', t: 'mts-ultra' });
  expect(narrowingCount(filter)).toBe(3);
  expect(asksFigures(filter)).toBe(true);
  expect(filterPath(widened(filter))).toBe('/tariffs?t=mts-ultra&sort=name');
  expect(asksFigures(readFilter({ operator: 'mts' }))).toBe(false);
});
