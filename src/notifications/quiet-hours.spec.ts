import { quietUntil } from './quiet-hours.js';

const NIGHT = { fromMinute: 21 * 60, toMinute: 9 * 60 };
const at = (moment: string) => new Date(moment);

describe('quiet hours', () => {
  it.each([
    ['in the day', '2026-06-15T12:00:00+03:00', null],
    ['a minute before they begin', '2026-06-15T20:59:59+03:00', null],
    ['when they begin', '2026-06-15T21:00:00+03:00', '2026-06-16T09:00:00+03:00'],
    ['before midnight of a month’s last day', '2026-06-30T23:59:00+03:00', '2026-07-01T09:00:00+03:00'],
    ['after midnight', '2026-06-16T00:00:00+03:00', '2026-06-16T09:00:00+03:00'],
    ['on 28 February of a leap year', '2028-02-28T22:00:00+03:00', '2028-02-29T09:00:00+03:00'],
    ['on 29 February', '2028-02-29T22:00:00+03:00', '2028-03-01T09:00:00+03:00'],
    ['when they end', '2026-06-16T09:00:00+03:00', null],
  ])('over the night, %s', (_when, now, end) => {
    expect(quietUntil(at(now), NIGHT, 'Europe/Moscow')).toEqual(end && at(end));
  });

  it('go by the zone, not by the machine', () => {
    const now = at('2026-06-15T23:30:00+07:00');
    expect(quietUntil(now, NIGHT, 'Asia/Novosibirsk')).toEqual(at('2026-06-16T09:00:00+07:00'));
    expect(quietUntil(now, NIGHT, 'Europe/Moscow')).toBeNull();
  });

  it('may lie within a day, or be none', () => {
    const noon = { fromMinute: 13 * 60, toMinute: 14 * 60 + 30 };
    const now = at('2026-06-15T13:00:00+03:00');
    expect(quietUntil(now, noon, 'Europe/Moscow')).toEqual(at('2026-06-15T14:30:00+03:00'));
    expect(quietUntil(at('2026-06-15T14:30:00+03:00'), noon, 'Europe/Moscow')).toBeNull();
    expect(quietUntil(now, { fromMinute: 780, toMinute: 780 }, 'Europe/Moscow')).toBeNull();
  });

  it('are an hour shorter when the clock goes forward, longer when it goes back', () => {
    expect(quietUntil(at('2027-03-27T22:00:00+01:00'), NIGHT, 'Europe/Berlin')).toEqual(
      at('2027-03-28T09:00:00+02:00'),
    );
    expect(quietUntil(at('2027-10-30T22:00:00+02:00'), NIGHT, 'Europe/Berlin')).toEqual(
      at('2027-10-31T09:00:00+01:00'),
    );
  });

  it('end in the hour that does not exist, and never before they were asked', () => {
    const early = { fromMinute: 21 * 60, toMinute: 150 };
    expect(quietUntil(at('2027-03-28T01:30:00+01:00'), early, 'Europe/Berlin')).toEqual(
      at('2027-03-28T03:30:00+02:00'),
    );
    expect(quietUntil(at('2027-10-31T02:10:00+02:00'), early, 'Europe/Berlin')).toEqual(
      at('2027-10-31T02:30:00+02:00'),
    );
    const again = quietUntil(at('2027-10-31T02:10:00+01:00'), early, 'Europe/Berlin');
    expect(again === null || again > at('2027-10-31T02:10:00+01:00')).toBe(true);
  });
});
