import { dayFault, daysAfter, earliestPortDay, portDayFault } from './day-rules.js';

const TODAY = '2026-11-29';

it('counts days over the ends of months and years', () => {
  expect(daysAfter('2026-12-30', 3)).toBe('2027-01-02');
  expect(daysAfter('2028-02-28', 1)).toBe('2028-02-29');
});

it('lets a number come over from the eighth day on, a company’s from the twenty-ninth', () => {
  expect(earliestPortDay(TODAY, 'person')).toBe('2026-12-07');
  expect(earliestPortDay(TODAY, 'company')).toBe('2026-12-28');
});

it.each([
  ['2026-11-29', null],
  ['2027-05-28', null],
  ['2026-11-28', 'line_day_past'],
  ['2027-05-29', 'line_day_far'],
  ['2026-02-30', 'line_day'],
  ['29.11.2026', 'line_day'],
])('%s as a day of something done today or later: %s', (day, fault) => {
  expect(dayFault(day, TODAY)).toBe(fault);
});

it.each([
  ['2026-12-07', 'person', null],
  ['2026-12-06', 'person', 'line_port_soon'],
  ['2026-12-27', 'company', 'line_port_company_soon'],
  ['2026-12-28', 'company', null],
  ['2027-05-28', 'person', null],
  ['2027-05-29', 'person', 'line_day_far'],
  ['2026-13-01', 'person', 'line_day'],
] as const)('%s as the day on which the number of a %s comes over: %s', (day, subscriber, fault) => {
  expect(portDayFault(day, TODAY, subscriber)).toBe(fault);
});
