import { pathOf, readChoice, toFilter, usualSpans } from './statement-filter.js';

it('reads kind and days, and puts days the wrong way round in order', () => {
  expect(readChoice({ kind: 'spent', from: '2026-05-31', to: '2026-05-01' })).toEqual({
    ...{ kind: 'spent', from: '2026-05-01', to: '2026-05-31' },
  });
});

it.each([
  { kind: 'all' },
  { from: '2026-02-30' },
  { from: ['2026-01-01'] },
  { to: '31.12.2026' },
  { from: '99999-01-01' },
])('takes %j for nothing said', (query) => {
  expect(readChoice(query)).toEqual({ kind: null, from: null, to: null });
});

it('counts both days in, by the clock of the zone', () => {
  const filter = toFilter({ kind: null, from: '2026-05-01', to: '2026-05-09' }, 'Europe/Moscow');
  expect(filter.from?.toISOString()).toBe('2026-04-30T21:00:00.000Z');
  expect(filter.until?.toISOString()).toBe('2026-05-09T21:00:00.000Z');
});

it('is written into the address again', () => {
  expect(pathOf({ kind: null, from: null, to: null })).toBe('/cabinet/points');
  expect(pathOf({ kind: 'burnt', from: '2026-05-01', to: null }, 'key')).toBe(
    '/cabinet/points?kind=burnt&from=2026-05-01&after=key',
  );
});

it('knows the usual spans up to today', () => {
  const [all, month, , year] = usualSpans('2026-11-22');
  expect(all).toMatchObject({ from: null, to: null });
  expect(month).toMatchObject({ from: '2026-10-23', to: '2026-11-22' });
  expect(year).toMatchObject({ from: '2025-11-23', to: '2026-11-22' });
});
