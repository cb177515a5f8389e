import { dueDay, ESIA_STATES, mayBecomeEsia, stageDays } from './esia.js';

describe('the state of a number in ESIA', () => {
  it('is changed by the company in one way alone', () => {
    const ways = ESIA_STATES.flatMap((from) =>
      ESIA_STATES.filter((to) => mayBecomeEsia(from, to, 'customer')).map((to) => `${from} → ${to}`),
    );
    expect(ways).toEqual(['to_do → submitted']);
  });

  it('is confirmed by staff alone, once there is a duty', () => {
    const before = ESIA_STATES.filter((from) => mayBecomeEsia(from, 'confirmed', 'staff'));
    expect(before).toEqual(['to_do', 'submitted']);
    expect(ESIA_STATES.filter((to) => mayBecomeEsia('not_needed', to, 'staff'))).toEqual(['to_do']);
  });
});

describe('the last day', () => {
  it('is counted by the programme’s calendar', () => {
    expect(dueDay(new Date('2026-11-29T20:59:00Z'), 10, 'Europe/Moscow')).toBe('2026-12-09');
    expect(dueDay(new Date('2026-11-29T21:00:00Z'), 10, 'Europe/Moscow')).toBe('2026-12-10');
    expect(dueDay(new Date('2028-02-20T12:00:00Z'), 10, 'Europe/Moscow')).toBe('2028-03-01');
  });
});

describe('the stages of a reminder', () => {
  /** The stage for what is due so many days from now. */
  const stageOf = (due: string, today: string): string[] =>
    stageDays(today)
      .filter(({ from, through }) => (from === null || due >= from) && due <= through)
      .map(({ stage }) => stage);

  it('follow each other without a gap, over the end of a year', () => {
    const due = '2027-01-02';
    const days = Array.from({ length: 12 }, (_, day) =>
      new Date(Date.UTC(2026, 11, 24 + day)).toISOString().slice(0, 10),
    );
    expect(days.map((today) => stageOf(due, today)[0] ?? 'none')).toEqual([
      ...['none', 'none', 'week', 'week', 'week', 'week', 'week', 'week', 'day', 'day', 'overdue', 'overdue'],
    ]);
    expect(days.every((today) => stageOf(due, today).length <= 1)).toBe(true);
  });
});
