import { daysOf, monthsOf, readAsOf, readPeriod } from './period.js';

const ZONE = 'Europe/Moscow';
const NOW = new Date('2026-06-15T12:00:00+03:00');
const read = (from?: unknown, to?: unknown, usual: number | 'months' = 30) =>
  readPeriod({ from, to }, usual, ZONE, NOW);

describe('the period of a report', () => {
  it('is the usual one where none was chosen', () => {
    expect(read()).toMatchObject({ from: '2026-05-17', to: '2026-06-15', days: 30 });
    expect(read(undefined, undefined, 'months')).toMatchObject({ from: '2025-07-01', to: '2026-06-15' });
  });

  it('begins and ends with days of the programme, and has as many before it', () => {
    const { span, before, days } = read('2026-06-01', '2026-06-07');
    expect(span).toEqual({ from: new Date('2026-05-31T21:00:00Z'), until: new Date('2026-06-07T21:00:00Z') });
    expect(before).toMatchObject({ firstDay: '2026-05-25', lastDay: '2026-05-31', until: span.from });
    expect(days).toBe(7);
  });

  it.each([
    ['the wrong way round', '2026-06-07', '2026-06-01', '2026-06-01', '2026-06-07'],
    ['reaching into the future', '2026-06-10', '2027-01-01', '2026-06-10', '2026-06-15'],
    ['all of it in the future', '2027-01-01', '2027-02-01', '2026-06-15', '2026-06-15'],
    ['longer than a year', '2020-01-01', '2026-06-15', '2025-06-15', '2026-06-15'],
    ['no days', 'yesterday', ['2026-06-01'], '2026-05-17', '2026-06-15'],
    ['a day that does not exist', '2026-02-30', undefined, '2026-05-17', '2026-06-15'],
  ])('is mended where it is %s', (_what, from, to, first, last) => {
    expect(read(from, to)).toMatchObject({ from: first, to: last });
  });

  it('says where it is shorter than what was asked for', () => {
    expect(read('2025-06-15', '2026-06-15').shortened).toBe(false);
    expect(read('2025-06-14', '2026-06-15')).toMatchObject({ from: '2025-06-15', shortened: true });
  });

  it('knows its days and months, the empty ones too', () => {
    expect(daysOf(read('2026-02-27', '2026-03-02'))).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(monthsOf({ from: '2025-11-30', to: '2026-02-01' })).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  });

  it('may be a moment: the end of a day that is over', () => {
    expect(readAsOf('2026-06-14', ZONE, NOW)).toEqual({
      ...{ day: '2026-06-14', until: new Date('2026-06-14T21:00:00Z'), shortened: false },
    });
    expect(readAsOf('2026-06-15', ZONE, NOW)).toBeNull();
    expect(readAsOf('soon', ZONE, NOW)).toBeNull();
    expect(readAsOf('2001-01-01', ZONE, NOW)).toMatchObject({ day: '2025-06-15', shortened: true });
  });
});
