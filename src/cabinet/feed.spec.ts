import { feedDays, wholeDays } from './feed.js';
import type { ListedOperation } from './operation.js';

function operation(id: string, day: string, facts: Partial<ListedOperation> = {}): ListedOperation {
  return {
    ...{ id, kind: 'purchase', at: new Date(day), day, cardNumber: null, station: null, lines: [], lineCount: 0 },
    ...{ plusHundredths: 1000n, minusHundredths: 0n, totalKopecks: 100000n, ...facts },
  };
}

it('groups by days, each with its sum; what moved from a card does not count twice', () => {
  const days = feedDays(
    [
      operation('4', '2026-11-21'),
      operation('3', '2026-11-20', { minusHundredths: 5000n }),
      operation('2', '2026-11-20', { kind: 'move', plusHundredths: 700n }),
      operation('1', '2026-11-20', { kind: 'burning', plusHundredths: 0n, minusHundredths: 50n }),
    ],
    'ru',
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
  const days = (...dates: string[]): ListedOperation[] => dates.map((date, i) => operation(String(i), date));

  it('ends with a whole day', () => {
    const { shown, more } = wholeDays(days('2026-11-22', '2026-11-22', '2026-11-21', '2026-11-21'), 3);
    expect([shown.length, more]).toEqual([2, true]);
  });

  it('is full where the day ends with it', () => {
    const { shown, more } = wholeDays(days('2026-11-22', '2026-11-22', '2026-11-22', '2026-11-21'), 3);
    expect([shown.length, more]).toEqual([3, true]);
  });

  it('takes what it can of one day that is longer', () => {
    const { shown, more } = wholeDays(days('2026-11-22', '2026-11-22', '2026-11-22', '2026-11-22'), 3);
    expect([shown.length, more]).toEqual([3, true]);
  });

  it('is the last where nothing follows', () => {
    const { shown, more } = wholeDays(days('2026-11-22', '2026-11-21', '2026-11-21'), 3);
    expect([shown.length, more]).toEqual([3, false]);
  });
});
