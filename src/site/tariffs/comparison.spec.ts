import type { ShownTariff } from '../../tariffs/catalogue/shown-tariff.js';
import { SAID_BY_NOBODY, type TariffTerms } from '../../tariffs/tariff-terms.js';
import { compareTariffs } from './comparison.js';

const tariff = (terms: Partial<TariffTerms>): ShownTariff => ({
  ...{ ...SAID_BY_NOBODY, tariffId: '1', versionId: '2', slug: 'a', origin: 'staff', open: true },
  ...{ operator: { code: 'mts', name: 'МТС', colour: '#e30611' }, validFrom: new Date(0), ...terms },
});
const row = (aspect: string, ...tariffs: ShownTariff[]) =>
  compareTariffs(tariffs, 'ru').find((candidate) => candidate.aspect === aspect);

it('leaves out what none of them says', () => {
  const rows = compareTariffs([tariff({}), tariff({})], 'ru');
  expect(rows.map(({ aspect }) => aspect)).toEqual(['audience']);
});

it('marks what differs, and the cheaper by the month', () => {
  const compared = row('price', tariff({ priceKopecks: 2200n, period: 'day' }), tariff({ priceKopecks: 65_000n }));
  expect(compared).toMatchObject({ differs: true, praise: 'дешевле' });
  expect(compared?.cells.map(({ best }) => best)).toEqual([false, true]);
});

it('praises nothing where there is nothing to choose', () => {
  const [one, unknown] = [tariff({ priceKopecks: 65_000n }), tariff({})];
  expect(row('price', one, one)).toMatchObject({ differs: false, praise: null });
  expect(row('price', one, unknown)).toMatchObject({ differs: true, praise: null });
  expect(row('price', one, unknown)?.cells[1]).toEqual({ words: null, best: false });
});

it('holds no limit for the most, and none at all for the least', () => {
  const traffic = row(
    'traffic',
    tariff({ trafficKind: 'amount', trafficMegabytes: 40_000 }),
    tariff({ trafficKind: 'unlimited' }),
    tariff({ trafficKind: 'none' }),
  );
  expect(traffic?.cells).toEqual([
    { words: '40 ГБ', best: false },
    { words: 'безлимит', best: true },
    { words: 'нет', best: false },
  ]);
});
