import { freeSlots, nextTryAt, openFrom, promiseFor, proposedTry, type WorkingHours } from './working-hours.js';

const MOSCOW: WorkingHours = {
  fromMinute: 540,
  toMinute: 1200,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  zone: 'Europe/Moscow',
};
const WEEKDAYS = { ...MOSCOW, weekdays: [1, 2, 3, 4, 5] };
const at = (iso: string) => new Date(iso);
const iso = (date: Date) => date.toISOString();

describe('the promise', () => {
  it.each([
    ['within hours', '2026-11-25T12:00:00+03:00', '2026-11-25T09:15:00.000Z'],
    ['at the opening', '2026-11-25T09:00:00+03:00', '2026-11-25T06:15:00.000Z'],
    ['before the opening', '2026-11-25T03:00:00+03:00', '2026-11-25T06:15:00.000Z'],
    ['a minute before closing', '2026-11-25T19:59:00+03:00', '2026-11-25T17:14:00.000Z'],
    ['at the closing', '2026-11-25T20:00:00+03:00', '2026-11-26T06:15:00.000Z'],
    ['late in the evening', '2026-11-25T23:30:00+03:00', '2026-11-26T06:15:00.000Z'],
  ])('%s', (_when, now, due) => {
    expect(iso(promiseFor(at(now), MOSCOW, 15))).toBe(due);
  });

  it('skips days off', () => {
    // Friday evening, then Monday.
    expect(iso(promiseFor(at('2026-11-27T21:00:00+03:00'), WEEKDAYS, 30))).toBe('2026-11-30T06:30:00.000Z');
    expect(iso(openFrom(at('2026-11-28T12:00:00+03:00'), WEEKDAYS))).toBe('2026-11-30T06:00:00.000Z');
  });

  it('goes by the zone, not by the machine', () => {
    const vladivostok = { ...MOSCOW, zone: 'Asia/Vladivostok' };
    // 09:00 in Moscow is 16:00 there, 13:30 is 20:30.
    expect(iso(promiseFor(at('2026-11-25T06:00:00Z'), vladivostok, 15))).toBe('2026-11-25T06:15:00.000Z');
    expect(iso(promiseFor(at('2026-11-25T10:30:00Z'), vladivostok, 15))).toBe('2026-11-25T23:15:00.000Z');
  });

  it('opens by the clock on the wall where the clock goes forward', () => {
    const berlin = { ...MOSCOW, zone: 'Europe/Berlin' };
    expect(iso(openFrom(at('2026-03-29T00:30:00Z'), berlin))).toBe('2026-03-29T07:00:00.000Z');
  });
});

describe('the slots', () => {
  const starts = (now: string, hours: WorkingHours = MOSCOW) =>
    freeSlots(at(now), hours, 15).map(({ startsAt, day }) => `${day} ${iso(startsAt).slice(11, 16)}`);

  it('are whole hours of today that can still be kept, and all of tomorrow', () => {
    expect(starts('2026-11-25T17:44:00+03:00').slice(0, 4)).toEqual([
      'today 15:00',
      'today 16:00',
      'tomorrow 06:00',
      'tomorrow 07:00',
    ]);
    expect(starts('2026-11-25T17:46:00+03:00')[0]).toBe('today 16:00');
    expect(starts('2026-11-25T19:30:00+03:00')[0]).toBe('tomorrow 06:00');
    expect(starts('2026-11-25T19:30:00+03:00')).toHaveLength(11);
  });

  it('end with the working hours', () => {
    const short = { ...MOSCOW, toMinute: 1170 };
    expect(
      starts('2026-11-25T08:00:00+03:00', short)
        .filter((slot) => slot.startsWith('today'))
        .at(-1),
    ).toBe('today 15:00');
    expect(starts('2026-11-27T21:00:00+03:00', WEEKDAYS)).toEqual([]);
  });
});

describe('the next try', () => {
  it('comes in half an hour, in two hours or tomorrow at the opening', () => {
    const now = at('2026-11-25T12:00:00+03:00');
    expect(iso(nextTryAt('half_hour', now, MOSCOW))).toBe('2026-11-25T09:30:00.000Z');
    expect(iso(nextTryAt('two_hours', now, MOSCOW))).toBe('2026-11-25T11:00:00.000Z');
    expect(iso(nextTryAt('tomorrow', now, MOSCOW))).toBe('2026-11-26T06:00:00.000Z');
  });

  it('disturbs nobody after hours', () => {
    expect(iso(nextTryAt('two_hours', at('2026-11-25T19:00:00+03:00'), MOSCOW))).toBe('2026-11-26T06:00:00.000Z');
    expect(iso(nextTryAt('tomorrow', at('2026-11-27T12:00:00+03:00'), WEEKDAYS))).toBe('2026-11-30T06:00:00.000Z');
  });

  it('is proposed later with each miss', () => {
    expect([0, 1, 2, 7].map(proposedTry)).toEqual(['half_hour', 'two_hours', 'tomorrow', 'tomorrow']);
  });
});
