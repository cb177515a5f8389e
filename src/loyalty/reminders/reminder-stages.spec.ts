import { DateTime } from 'luxon';
import { burnsAt } from '../points-lifetime.js';
import { stageWindows, uselessAt } from './reminder-stages.js';

const MOSCOW = 'Europe/Moscow';
const BERLIN = 'Europe/Berlin';

/** On which days, from the earning on, a run at this hour announces what was earned then; by stage. */
function announced(earned: string, zone: string, hour = 10): Record<number, [string, string]> {
  const burns = burnsAt(new Date(earned), 12, zone);
  const days: Record<number, [string, string]> = {};
  let run = DateTime.fromISO(earned, { zone }).startOf('day').set({ hour });
  for (let day = 0; day < 400; day++, run = run.plus({ days: 1 })) {
    for (const { stage, after, before } of stageWindows(run.toJSDate(), zone)) {
      if (burns <= after || burns >= before) continue;
      const date = run.toISODate()!;
      days[stage] = [days[stage]?.[0] ?? date, date];
    }
  }
  return days;
}

describe('the stages of a reminder', () => {
  it.each([
    ['an ordinary day', '2026-06-15T12:00:00+03:00', ['2027-05-17', '2027-06-08'], ['2027-06-09', '2027-06-15']],
    [
      '29 February, which burns after 28 February',
      '2028-02-29T12:00:00+03:00',
      ['2029-01-30', '2029-02-21'],
      ['2029-02-22', '2029-02-28'],
    ],
    [
      '28 February before a leap year, which burns on the 29th',
      '2027-02-28T12:00:00+03:00',
      ['2028-01-30', '2028-02-21'],
      ['2028-02-22', '2028-02-28'],
    ],
    [
      'the last day of a month',
      '2026-01-31T23:59:59+03:00',
      ['2027-01-02', '2027-01-24'],
      ['2027-01-25', '2027-01-31'],
    ],
    ['the last day of a year', '2026-12-31T00:00:00+03:00', ['2027-12-02', '2027-12-24'], ['2027-12-25', '2027-12-31']],
  ])('%s: first and last days', (_day, earned, first, second) => {
    expect(announced(earned, MOSCOW)).toEqual({ 30: first, 7: second });
  });

  it.each([
    [
      'forward, on 28 March 2027, between reminder and burning',
      '2026-04-01T12:00:00+02:00',
      ['2027-03-03', '2027-03-25'],
      ['2027-03-26', '2027-04-01'],
    ],
    [
      'forward, in the night of the burning',
      '2026-03-27T12:00:00+01:00',
      ['2027-02-26', '2027-03-20'],
      ['2027-03-21', '2027-03-27'],
    ],
    [
      'back, on 31 October 2027, between reminder and burning',
      '2026-11-02T12:00:00+01:00',
      ['2027-10-04', '2027-10-26'],
      ['2027-10-27', '2027-11-02'],
    ],
    [
      'back, on the day before the burning',
      '2026-10-31T12:00:00+01:00',
      ['2027-10-02', '2027-10-24'],
      ['2027-10-25', '2027-10-31'],
    ],
  ])('the clock goes %s', (_when, earned, first, second) => {
    for (const hour of [0, 10, 23]) expect(announced(earned, BERLIN, hour)).toEqual({ 30: first, 7: second });
  });

  it('never overlap, and leave no day between them', () => {
    for (const zone of [MOSCOW, BERLIN, 'America/Santiago', 'Asia/Kolkata']) {
      for (let day = 0; day < 366; day++) {
        const now = DateTime.fromISO('2028-01-01T10:00', { zone }).plus({ days: day }).toJSDate();
        const [far, near] = stageWindows(now, zone);
        expect(near!.before.getTime()).toBe(far!.after.getTime() + 1);
        expect(near!.after).toEqual(now);
      }
    }
  });

  it('know when a reminder has come too late', () => {
    const burns = burnsAt(new Date('2028-02-29T12:00:00+03:00'), 12, MOSCOW);
    expect(uselessAt(burns, 30, MOSCOW)).toEqual(new Date('2029-02-22T00:00:00+03:00'));
    expect(uselessAt(burns, 7, MOSCOW)).toEqual(burns);
    const afterTheChange = burnsAt(new Date('2026-03-31T12:00:00+02:00'), 12, BERLIN);
    expect(uselessAt(afterTheChange, 30, BERLIN)).toEqual(new Date('2027-03-25T00:00:00+01:00'));
  });
});
