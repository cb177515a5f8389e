import type { AccountState, Lot } from './account-state.js';
import { Book } from './book.js';
import { PROGRAMME } from './programme-accounts.js';

const NOW = new Date('2027-03-01T00:00:00+03:00');
const EARNED = new Date('2026-01-10T12:00:00+03:00');

function lot(id: string, remaining: bigint, burns: string, earnedAt = EARNED): Lot {
  return { id, remaining, earnedAt, expiresAt: new Date(`${burns}T00:00:00+03:00`), earnedBy: 'p', grace: false };
}

/** An account with these lots, its days in the order given here. */
function account(id: string, lots: Lot[]): AccountState {
  const days = new Map<number, bigint>();
  for (const { expiresAt, remaining } of lots) {
    days.set(expiresAt.getTime(), (days.get(expiresAt.getTime()) ?? 0n) + remaining);
  }
  const byDay = [...lots].sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime());
  const balance = lots.reduce((sum, { remaining }) => sum + remaining, 0n);
  return { id, balance, days, lots: byDay, heldAccountId: null, holds: [] };
}

describe('opening a book', () => {
  it('burns each day that has come from its own lots, in whatever order the days were read', () => {
    const book = new Book(
      [
        account('a', [
          lot('late', 500n, '2027-02-28'),
          lot('stays', 70n, '2027-03-02'),
          lot('early', 300n, '2027-02-01'),
        ]),
      ],
      NOW,
    );
    expect(book.available('a')).toBe(70n);
    expect(book.transfers.map(({ kind, to, amount, occurredAt }) => [kind, to, amount, occurredAt])).toEqual([
      ['burn', PROGRAMME.burnt, 300n, new Date('2027-02-01T00:00:00+03:00')],
      ['burn', PROGRAMME.burnt, 500n, new Date('2027-02-28T00:00:00+03:00')],
    ]);
    expect(book.draws.map(({ lotId, amount }) => [lotId, amount])).toEqual([
      ['early', 300n],
      ['late', 500n],
    ]);
    expect(book.expiring('a', 5)).toEqual([{ points: 70n, at: new Date('2027-03-02T00:00:00+03:00') }]);
  });

  it('burns at the very moment, not a millisecond before', () => {
    const lots = (): AccountState[] => [account('a', [lot('one', 100n, '2027-03-01')])];
    expect(new Book(lots(), NOW).available('a')).toBe(0n);
    expect(new Book(lots(), new Date(NOW.getTime() - 1)).available('a')).toBe(100n);
  });
});

describe('posting', () => {
  const cause = { subjectId: 'x', occurredAt: NOW };

  it('spends what burns first first, across lots', () => {
    const book = new Book([account('a', [lot('far', 100n, '2027-06-01'), lot('near', 100n, '2027-04-01')])], NOW);
    book.spend('a', 130n, cause);
    expect(book.draws.map(({ lotId, amount }) => [lotId, amount])).toEqual([
      ['near', 100n],
      ['far', 30n],
    ]);
    expect(book.available('a')).toBe(70n);
  });

  it('refuses to spend a hundredth too much and posts nothing then', () => {
    const book = new Book([account('a', [lot('one', 100n, '2027-06-01')])], NOW);
    expect(() => {
      book.spend('a', 101n, cause);
    }).toThrow(expect.objectContaining({ code: 'insufficient_points', facts: { available: '1.00' } }));
    expect([book.transfers, book.draws, book.available('a')]).toEqual([[], [], 100n]);
  });

  it('posts nothing for nothing', () => {
    const book = new Book([account('a', []), account('b', [])], NOW);
    book.earn('a', 0n, NOW, cause);
    book.spend('a', 0n, cause);
    expect(book.moveAll('a', 'b', cause)).toBe(0n);
    expect([book.transfers, book.touchedAccounts()]).toEqual([[], []]);
  });

  it('moves lots with their dates', () => {
    const book = new Book([account('a', [lot('one', 100n, '2027-06-01')]), account('b', [])], NOW);
    expect(book.moveAll('a', 'b', cause)).toBe(100n);
    const [moved] = book.newLots;
    expect(moved).toMatchObject({ accountId: 'b', originLotId: 'one', amount: 100n });
    expect(moved!.lot).toMatchObject({ earnedAt: EARNED, expiresAt: new Date('2027-06-01T00:00:00+03:00') });
    expect([book.available('a'), book.available('b')]).toEqual([0n, 100n]);
  });

  it('will not draw from lots that were not read, nor touch an account that is not open', () => {
    const unread = { ...account('a', [lot('one', 100n, '2027-06-01')]), lots: null };
    const book = new Book([unread], NOW);
    expect(() => {
      book.spend('a', 1n, cause);
    }).toThrow('were not read');
    expect(() => book.available('b')).toThrow('not open');
  });

  it('stops where the lots are short of the balance', () => {
    const book = new Book([{ ...account('a', [lot('one', 100n, '2027-06-01')]), balance: 150n }], NOW);
    expect(() => {
      book.spend('a', 120n, cause);
    }).toThrow('20 short');
  });
});
