import { dayChart } from './day-chart.js';

const day = (earned: bigint, redeemed: bigint) => ({ day: '2026-11-22', earned, redeemed });

describe('the chart of days', () => {
  it('draws bars in proportion on a round scale', () => {
    const { groups, scale, height } = dayChart([day(150_00n, 0n), day(75_00n, 200_00n)]);
    expect(scale).toEqual([200_00n, 100_00n, 0n]);
    expect(Number(groups[1]!.redeemedBar.height)).toBe(height);
    expect(Number(groups[0]!.earnedBar.height)).toBe(height * 0.75);
    expect(groups[0]!.redeemedBar.height).toBe('0.0');
    for (const { earnedBar } of groups) expect(Number(earnedBar.y) + Number(earnedBar.height)).toBeCloseTo(height);
  });

  it('stands on a scale of ten points where nothing happened, and on large ones', () => {
    expect(dayChart([day(0n, 0n)]).scale[0]).toBe(10_00n);
    expect(dayChart([]).groups).toEqual([]);
    expect(dayChart([day(2_000_001_00n, 0n)]).scale[0]).toBe(3_000_000_00n);
  });

  it('keeps the days apart', () => {
    const { groups, width } = dayChart(Array.from({ length: 14 }, () => day(1n, 1n)));
    groups.forEach(({ earnedBar, redeemedBar }, i) => {
      const right = Number(redeemedBar.x) + Number(redeemedBar.width);
      expect(Number(earnedBar.x)).toBeGreaterThan((width / 14) * i);
      expect(right).toBeLessThan((width / 14) * (i + 1));
      expect(Number(earnedBar.x) + Number(earnedBar.width)).toBeLessThanOrEqual(Number(redeemedBar.x));
    });
  });
});
