import { isCalendarDay } from './calendar-day.js';

it.each(['2026-11-22', '2028-02-29', '1000-01-01', '2999-12-31'])('%s is a day', (day) => {
  expect(isCalendarDay(day)).toBe(true);
});

it.each(['2026-02-30', '2026-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '0000-01-01', '9999-12-31'])(
  '%s is none',
  (day) => expect(isCalendarDay(day)).toBe(false),
);

it.each(['', '2026-1-1', '22.11.2026', '2026-11-22T00:00', null, undefined, 20261122, ['2026-11-22']])(
  '%j is none',
  (value) => expect(isCalendarDay(value)).toBe(false),
);
