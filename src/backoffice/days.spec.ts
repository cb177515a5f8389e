import { dayIn, daySpan, lastDays, weekAgoSoFar } from './days.js';

const zone = 'Europe/Moscow';
const now = new Date('2026-11-22T21:30:00Z'); // 00:30 on the 23rd in Moscow

describe('days of the programme', () => {
  it('begin at midnight where the programme lives', () => {
    expect(dayIn(zone, now)).toBe('2026-11-23');
    expect(daySpan('2026-11-23', zone)).toEqual({
      from: new Date('2026-11-22T21:00:00Z'),
      until: new Date('2026-11-23T21:00:00Z'),
    });
  });

  it('are as long as the clock makes them', () => {
    const span = daySpan('2026-03-29', 'Europe/Berlin');
    expect(span!.until.getTime() - span!.from.getTime()).toBe(23 * 3_600_000);
  });

  it.each(['', '2026-13-01', '2026-02-30', '22.11.2026', undefined, ['2026-11-23'], "2026-11-23'"])(
    'are not %p',
    (day) => expect(daySpan(day, zone)).toBeNull(),
  );

  it('reach back from today', () => {
    const { days, span } = lastDays(14, zone, now);
    expect(days).toHaveLength(14);
    expect(days[0]).toBe('2026-11-10');
    expect(days[13]).toBe('2026-11-23');
    expect(span).toEqual({ from: new Date('2026-11-09T21:00:00Z'), until: new Date('2026-11-23T21:00:00Z') });
    expect(weekAgoSoFar(zone, now)).toEqual({
      from: new Date('2026-11-15T21:00:00Z'),
      until: new Date('2026-11-15T21:30:00Z'),
    });
  });
});
