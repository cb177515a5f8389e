import type { AccountState, Hold, Lot } from './account-state.js';
import { Book, type SpentPart } from './book.js';
import { PROGRAMME } from './programme-accounts.js';

const NOW = new Date('2027-03-01T12:00:00+03:00');
const EARNED = new Date('2026-01-10T12:00:00+03:00');
const LATER = new Date('2027-03-01T12:15:00+03:00');
const cause = (subjectId: string): { subjectId: string; occurredAt: Date } => ({ subjectId, occurredAt: NOW });

function lot(id: string, remaining: bigint, burns: string, earnedBy = 'p'): Lot {
  return { id, remaining, earnedAt: EARNED, expiresAt: new Date(`${burns}T00:00:00+03:00`), earnedBy, grace: false };
}

function account(id: string, lots: Lot[], more: Partial<AccountState> = {}): AccountState {
  const days = new Map<number, bigint>();
  for (const { expiresAt, remaining } of lots) {
    days.set(expiresAt.getTime(), (days.get(expiresAt.getTime()) ?? 0n) + remaining);
  }
  const balance = lots.reduce((sum, { remaining }) => sum + remaining, 0n);
  return { id, balance, days, lots, heldAccountId: null, holds: [], ...more };
}

const kinds = (book: Book): unknown[] => book.transfers.map(({ kind, from, to, amount }) => [kind, from, to, amount]);

describe('holding', () => {
  it('moves lots aside with their dates and who earned them, and makes the account that keeps them', () => {
    const near = lot('near', 100n, '2027-04-01');
    const state = account('a', [near, lot('far', 100n, '2027-06-01', 'q')]);
    const book = new Book([state], NOW);
    book.hold('a', 130n, LATER, cause('x'));
    expect([book.available('a'), book.held('a')]).toEqual([70n, 130n]);
    expect(kinds(book)).toEqual([['hold', 'a', state.heldAccountId, 130n]]);
    expect(book.openHold('a', 'x')!.lots).toMatchObject([
      { remaining: 100n, expiresAt: near.expiresAt, earnedBy: 'p' },
      { remaining: 30n, earnedBy: 'q' },
    ]);
    expect([...book.newHeldAccounts]).toEqual([state]);
  });

  it('refuses what is not there, and keeps a hold of nothing', () => {
    const book = new Book([account('a', [], { balance: -5n })], NOW);
    expect(() => {
      book.hold('a', 1n, LATER, cause('x'));
    }).toThrow(expect.objectContaining({ code: 'insufficient_points' }));
    book.hold('a', 0n, LATER, cause('x'));
    expect(book.openHold('a', 'x')).toMatchObject({ amount: 0n, transferId: null });
    book.spendHeld('a', 'x', 0n, cause('x'));
    expect([book.transfers, book.openHold('a', 'x')]).toEqual([[], undefined]);
  });

  it('spends from its own lots and releases the rest', () => {
    const book = new Book([account('a', [lot('one', 100n, '2027-04-01')])], NOW);
    book.hold('a', 100n, LATER, cause('x'));
    book.spendHeld('a', 'x', 60n, cause('x'));
    expect([book.available('a'), book.held('a')]).toEqual([40n, 0n]);
    expect(book.transfers.map(({ kind }) => kind)).toEqual(['hold', 'spend', 'release']);
    expect([...book.postedHolds.values()]).toMatchObject([{ isNew: true, settled: { outcome: 'confirmed', at: NOW } }]);
    expect(() => {
      book.releaseHeld('a', 'x');
    }).toThrow('holds nothing');
  });

  it('is released when its time is over; what came due meanwhile burns then', () => {
    const hold: Hold = {
      ...{ purchaseId: 'x', amount: 100n, dueAt: NOW, transferId: 't' },
      lots: [lot('due', 60n, '2027-03-01'), lot('stays', 40n, '2027-04-01')],
    };
    const state = account('a', [], { heldAccountId: 'h', holds: [hold] });
    const book = new Book([state], NOW);
    expect([book.available('a'), book.held('a')]).toEqual([40n, 0n]);
    expect(kinds(book)).toEqual([
      ['release', 'h', 'a', 100n],
      ['burn', 'a', PROGRAMME.burnt, 60n],
    ]);
    expect([...book.postedHolds.values()]).toMatchObject([{ isNew: false, settled: { outcome: 'released' } }]);
  });
});

describe('points owed', () => {
  it('are what is taken back beyond the earned lot and the lots that burn first', () => {
    const lots = [lot('near', 50n, '2027-04-01', 'q'), lot('own', 30n, '2027-06-01', 'x')];
    const book = new Book([account('a', lots)], NOW);
    book.clawBack('a', 40n, 'x', cause('r'));
    expect(book.draws.map(({ lotId, amount }) => [lotId, amount])).toEqual([
      ['own', 30n],
      ['near', 10n],
    ]);
    book.clawBack('a', 100n, 'x', cause('r'));
    expect([book.available('a'), book.expiring('a', 5)]).toEqual([-60n, []]);
    book.earn('a', 45n, LATER, cause('y'));
    expect([book.available('a'), book.newLots]).toEqual([-15n, []]);
    book.earn('a', 20n, LATER, cause('z'));
    expect(book.newLots).toMatchObject([{ amount: 5n, lot: { earnedBy: 'z' } }]);
    expect(() => {
      book.spend('a', 6n, cause('s'));
    }).toThrow(expect.objectContaining({ code: 'insufficient_points' }));
  });

  it('move with everything else', () => {
    const from = account('a', [], { balance: -50n });
    const book = new Book([from, account('b', [lot('one', 20n, '2027-04-01')])], NOW);
    expect(book.moveAll('a', 'b', cause('m'))).toBe(-50n);
    expect([book.available('a'), book.available('b')]).toEqual([0n, -30n]);
    expect(kinds(book)).toEqual([['move', 'b', 'a', 50n]]);
    expect(book.newLots).toEqual([]);
  });

  it('are filled by what moves there, the rest keeps its dates; holds move along', () => {
    const from = account('a', [lot('near', 60n, '2027-04-01'), lot('far', 60n, '2027-06-01')]);
    const to = account('b', [], { balance: -80n });
    const book = new Book([from, to], NOW);
    book.hold('a', 20n, LATER, cause('x'));
    book.moveAll('a', 'b', cause('m'));
    expect([book.available('b'), book.held('a'), book.held('b')]).toEqual([20n, 0n, 20n]);
    const [, , left] = book.newLots.map(({ accountId, amount, originLotId }) => [accountId, amount, originLotId]);
    expect(left).toEqual([to.heldAccountId, 20n, expect.any(String)]);
    book.releaseHeld('b', 'x');
    expect([book.available('b'), book.held('b')]).toEqual([40n, 0n]);
  });
});

describe('giving spent points back', () => {
  it('keeps their dates, or gives grace where these have passed', () => {
    const part = (id: string, amount: bigint, burns: string): SpentPart => {
      const { remaining: _none, ...terms } = lot(id, 0n, burns);
      return { ...terms, amount };
    };
    const graceEndsAt = new Date('2027-04-01T00:00:00+03:00');
    const book = new Book([account('a', [])], NOW);
    book.returnSpent('a', [part('over', 10n, '2027-03-01'), part('live', 5n, '2027-05-01')], graceEndsAt, cause('r'));
    expect(kinds(book)).toEqual([['return', PROGRAMME.spent, 'a', 15n]]);
    expect(book.newLots).toMatchObject([
      { originLotId: 'over', lot: { remaining: 10n, grace: true, expiresAt: graceEndsAt, earnedBy: 'p' } },
      { originLotId: 'live', lot: { remaining: 5n, grace: false, expiresAt: new Date('2027-05-01T00:00:00+03:00') } },
    ]);
  });
});
