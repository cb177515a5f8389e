import { burningChart } from './burning-months.js';

const NOW = new Date('2026-11-22T12:00:00+03:00');
const OPTIONS = { zone: 'Europe/Moscow', locale: 'ru' };

function burning(day: string, pointsHundredths: bigint) {
  return { at: new Date(`${day}T00:00:00+03:00`), pointsHundredths };
}

it('sums days by their months, from this one to the same a year on', () => {
  const days = [burning('2026-12-01', 1000n), burning('2026-12-31', 500n), burning('2027-11-22', 100n)];
  const { months } = burningChart(days, NOW, OPTIONS);
  expect(months).toHaveLength(13);
  expect(months[0]).toMatchObject({ name: 'Ноябрь 2026', shortName: 'ноя', pointsHundredths: 0n, next: false });
  expect(months[1]).toMatchObject({ name: 'Декабрь 2026', pointsHundredths: 1500n, next: true });
  expect(months[1]!.days).toHaveLength(2);
  expect(months[12]).toMatchObject({ name: 'Ноябрь 2027', pointsHundredths: 100n });
});

it('draws the fullest month highest, nothing as nothing and little as something', () => {
  const days = [burning('2026-12-01', 100_000n), burning('2027-01-01', 50_000n), burning('2027-02-01', 1n)];
  const heights = burningChart(days, NOW, OPTIONS).months.map(({ bar }) => bar.height);
  expect(heights.slice(0, 4)).toEqual([0, 100, 50, 2]);
});

it('keeps what burns later than that in the last month', () => {
  const { months } = burningChart([burning('2029-01-01', 700n)], NOW, OPTIONS);
  expect(months[12]!.pointsHundredths).toBe(700n);
});
