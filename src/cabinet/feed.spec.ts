import { feedDays, wholeDays } from './feed.js';
import type { Operation } from './operation.js';

const ZONE = 'Europe/Moscow';

function operation(id: string, at: string, facts: Partial<Operation> = {}): Operation {
  return {
    ...{ id, kind: 'purchase', at: new Date(at), cardNumber: null, station: null, lines: [], lineCount: 0 },
    ...{ plusHundredths: 1000n, minusHundredths: 0n, totalKopecks: 100000n, ...facts },
  };
}

it('groups by days of the zone, each with its sum; what moved from a card does not count twice', () => {
  const days = feedDays(
    [
      operation('4', '2026-11-20T21:30:00Z'),
      operation('3', '2026-11-20T20:30:00Z', { minusHundredths: 5000n }),
      operation('2', '2026-11-20T10:00:00Z', { kind: 'move', plusHundredths: 700n }),
      operation('1', '2026-11-19T21:00:00Z', { kind: 'burning', plusHundredths: 0n, minusHundredths: 50n }),
    ],
    { language: 'ru', zone: ZONE },
  );
  expect(days.map(({ totalHundredths, items }) => [totalHundredths, items.length])).toEqual([
    [1000n, 1],
    [-4050n, 3],
  ]);
  const [spent, moved, burnt] = days[1]!.items;
  expect(spent).toMatchObject({ amountHundredths: -5000n, secondHundredths: 1000n, plain: false });
  expect(moved).toMatchObject({ amountHundredths: 700n, plain: true });
  expect(burnt).toMatchObject({ amountHundredths: -50n, secondHundredths: null });
});

describe('a page', () => {
  const days = (...dates: string[]): Operation[] => dates.map((date, i) => operation(String(i), `${date}T12:00:00Z`));

  it('ends with a whole day', () => {
    const { shown, more } = wholeDays(days('2026-11-22', '2026-11-22', '2026-11-21', '2026-11-21'), 3, ZONE);
    expect([shown.length, more]).toEqual([2, true]);
  });

  it('is full where the day ends with it', () => {
    const { shown, more } = wholeDays(days('2026-11-22', '2026-11-22', '2026-11-22', '2026-11-21'), 3, ZONE);
    expect([shown.length, more]).toEqual([3, true]);
  });

  it('takes what it can of one day that is longer', () => {
    const { shown, more } = wholeDays(days('2026-11-22', '2026-11-22', '2026-11-22', '2026-11-22'), 3, ZONE);
    expect([shown.length, more]).toEqual([3, true]);
  });

  it('is the last where nothing follows', () => {
    const { shown, more } = wholeDays(days('2026-11-22', '2026-11-21', '2026-11-21'), 3, ZONE);
    expect([shown.length, more]).toEqual([3, false]);
  });
});
