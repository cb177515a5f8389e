import { newId } from '../shared/ids.js';
import { InsufficientPoints } from './ledger.errors.js';
import { PROGRAMME } from './programme-accounts.js';

/** Points earned at one moment, with their own end. Amounts in hundredths of a point. */
export interface Lot {
  id: string;
  remaining: bigint;
  earnedAt: Date;
  /** The first moment at which the lot can no longer be spent. */
  expiresAt: Date;
}

export interface AccountState {
  id: string;
  balance: bigint;
  /** What is left by moment of burning (milliseconds): Σ = balance. */
  days: Map<number, bigint>;
  /** Open lots, those that burn first at the front; null where they were not read because nothing is to be drawn. */
  lots: Lot[] | null;
}

/** Why points move and when, in business time. */
export interface Cause {
  subjectId: string;
  occurredAt: Date;
}

export interface Transfer extends Cause {
  id: string;
  kind: 'earn' | 'spend' | 'burn' | 'move';
  from: string;
  to: string;
  amount: bigint;
}

export interface NewLot {
  accountId: string;
  transferId: string;
  originLotId: string | null;
  amount: bigint;
  lot: Lot;
}

/**
 * The opened accounts of one transaction: every verb posts in memory, and `Ledger.close` writes what was posted.
 *
 *     earn   issued ──▶ account, a new lot
 *     spend  account ──▶ spent,  drawn from the lots that burn first
 *     burn   account ──▶ burnt,  what is left of lots whose time has come
 *     move   account ──▶ account, lot by lot, dates kept
 *
 * Amounts are positive hundredths of a point. Σ open lots = balance holds after every verb; due lots are burnt before
 * anything else is posted, whether or not the nightly job has been here.
 */
export class Book {
  readonly transfers: Transfer[] = [];
  readonly draws: { transferId: string; lotId: string; amount: bigint }[] = [];
  readonly newLots: NewLot[] = [];
  readonly drawnLots = new Map<string, Lot>();
  readonly touchedDays = new Map<AccountState, Set<number>>();
  private readonly accounts: Map<string, AccountState>;

  constructor(
    accounts: readonly AccountState[],
    readonly now: Date,
  ) {
    this.accounts = new Map(accounts.map((account) => [account.id, account]));
    accounts.forEach((account) => this.burnDue(account));
  }

  /** What may be spent now, in hundredths of a point. */
  available(accountId: string): bigint {
    return this.account(accountId).balance;
  }

  /** The next days on which points burn, soonest first. */
  expiring(accountId: string, days: number): { points: bigint; at: Date }[] {
    return [...this.account(accountId).days]
      .sort(([a], [b]) => a - b)
      .slice(0, days)
      .map(([at, points]) => ({ points, at: new Date(at) }));
  }

  /** Credits points as a lot of their own. Nothing is posted for a zero amount. */
  earn(accountId: string, amount: bigint, expiresAt: Date, cause: Cause): void {
    if (amount === 0n) {
      return;
    }
    const account = this.account(accountId);
    const transfer = this.post('earn', PROGRAMME.issued, accountId, amount, cause);
    this.addLot(account, transfer, null, { remaining: amount, earnedAt: cause.occurredAt, expiresAt });
  }

  /** Takes points for a purchase, those that burn first first. Throws InsufficientPoints and posts nothing then. */
  spend(accountId: string, amount: bigint, cause: Cause): void {
    if (amount === 0n) {
      return;
    }
    const account = this.account(accountId);
    if (amount > account.balance) {
      throw new InsufficientPoints(account.balance);
    }
    this.draw(account, amount, this.post('spend', accountId, PROGRAMME.spent, amount, cause));
  }

  /** Moves all points to another account, every lot with its dates (product L5). Returns how much moved. */
  moveAll(fromId: string, toId: string, cause: Cause): bigint {
    const from = this.account(fromId);
    const to = this.account(toId);
    const amount = from.balance;
    if (amount > 0n) {
      const transfer = this.post('move', fromId, toId, amount, cause);
      for (const { lot, part } of this.draw(from, amount, transfer)) {
        this.addLot(to, transfer, lot.id, { remaining: part, earnedAt: lot.earnedAt, expiresAt: lot.expiresAt });
      }
    }
    return amount;
  }

  /** The opened accounts that something was posted to. */
  touchedAccounts(): AccountState[] {
    return [...this.touchedDays.keys()];
  }

  private burnDue(account: AccountState): void {
    const due = [...account.days].filter(([expiresAt]) => expiresAt <= this.now.getTime());
    // In the order of the lots: burning one day must not draw from the lots of another.
    for (const [expiresAt, points] of due.sort(([a], [b]) => a - b)) {
      const cause = { subjectId: account.id, occurredAt: new Date(expiresAt) };
      this.draw(account, points, this.post('burn', account.id, PROGRAMME.burnt, points, cause));
    }
  }

  private draw(account: AccountState, amount: bigint, transfer: Transfer): { lot: Lot; part: bigint }[] {
    if (account.lots === null) {
      throw new Error(`the lots of account ${account.id} were not read`);
    }
    const drawn: { lot: Lot; part: bigint }[] = [];
    let left = amount;
    while (left > 0n) {
      const lot = account.lots[0];
      if (lot === undefined) {
        throw new Error(`account ${account.id}: its open lots are ${left} short of its balance`);
      }
      const part = lot.remaining < left ? lot.remaining : left;
      left -= part;
      lot.remaining -= part;
      if (lot.remaining === 0n) {
        account.lots.shift();
      }
      this.drawnLots.set(lot.id, lot);
      this.draws.push({ transferId: transfer.id, lotId: lot.id, amount: part });
      this.changeDay(account, lot.expiresAt, -part);
      drawn.push({ lot, part });
    }
    return drawn;
  }

  private addLot(account: AccountState, transfer: Transfer, originLotId: string | null, dates: Omit<Lot, 'id'>): void {
    const lot: Lot = { id: newId(), ...dates };
    this.newLots.push({ accountId: account.id, transferId: transfer.id, originLotId, amount: lot.remaining, lot });
    account.lots?.push(lot);
    account.lots?.sort(burnsFirst);
    this.changeDay(account, lot.expiresAt, lot.remaining);
  }

  private changeDay(account: AccountState, expiresAt: Date, change: bigint): void {
    const day = expiresAt.getTime();
    const remaining = (account.days.get(day) ?? 0n) + change;
    if (remaining === 0n) {
      account.days.delete(day);
    } else {
      account.days.set(day, remaining);
    }
    account.balance += change;
    const touched = this.touchedDays.get(account) ?? new Set();
    this.touchedDays.set(account, touched.add(day));
  }

  private post(kind: Transfer['kind'], from: string, to: string, amount: bigint, cause: Cause): Transfer {
    const transfer: Transfer = { id: newId(), kind, from, to, amount, ...cause };
    this.transfers.push(transfer);
    return transfer;
  }

  private account(id: string): AccountState {
    const account = this.accounts.get(id);
    if (account === undefined) {
      throw new Error(`account ${id} is not open in this book`);
    }
    return account;
  }
}

/** Points that burn first are spent first (product L8); of these the older, of these the earlier written. */
export function burnsFirst(a: Lot, b: Lot): number {
  return (
    a.expiresAt.getTime() - b.expiresAt.getTime() ||
    a.earnedAt.getTime() - b.earnedAt.getTime() ||
    (a.id < b.id ? -1 : 1)
  );
}
