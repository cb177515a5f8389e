import { newId } from '../shared/ids.js';
import { type AccountState, burnsFirst, type Hold, type HoldOutcome, type Lot, type LotPart } from './account-state.js';

/** Why points move and when, in business time. */
export interface Cause {
  subjectId: string;
  occurredAt: Date;
}

export interface Transfer extends Cause {
  id: string;
  kind: 'earn' | 'spend' | 'burn' | 'move' | 'hold' | 'release' | 'return' | 'clawback';
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

/** A hold as its row will be. */
export interface PostedHold {
  account: AccountState;
  hold: Hold;
  isNew: boolean;
  settled: { outcome: HoldOutcome; at: Date } | null;
}

/** What a book has posted so far, and the steps that its verbs are made of. */
export class Posting {
  readonly transfers: Transfer[] = [];
  readonly draws: { transferId: string; lotId: string; amount: bigint }[] = [];
  readonly newLots: NewLot[] = [];
  readonly drawnLots = new Map<string, Lot>();
  readonly touchedDays = new Map<AccountState, Set<number>>();
  readonly postedHolds = new Map<Hold, PostedHold>();
  /** Accounts whose held account is to be made. */
  readonly newHeldAccounts = new Set<AccountState>();
  /** Accounts that hold more or less than before. */
  readonly heldChanged = new Set<AccountState>();
  private readonly accounts: Map<string, AccountState>;

  constructor(
    accounts: readonly AccountState[],
    readonly now: Date,
  ) {
    this.accounts = new Map(accounts.map((account) => [account.id, account]));
  }

  /** The opened accounts that something was posted to. */
  touchedAccounts(): AccountState[] {
    return [...this.touchedDays.keys()];
  }

  protected account(id: string): AccountState {
    const account = this.accounts.get(id);
    if (account === undefined) {
      throw new Error(`account ${id} is not open in this book`);
    }
    return account;
  }

  protected post(kind: Transfer['kind'], from: string, to: string, amount: bigint, cause: Cause): Transfer {
    const transfer: Transfer = { id: newId(), kind, from, to, amount, ...cause };
    this.transfers.push(transfer);
    return transfer;
  }

  /** Takes from the lots that burn first, of those that are `wanted`. */
  protected draw(account: AccountState, amount: bigint, transfer: Transfer, wanted = (_: Lot) => true): LotPart[] {
    if (amount === 0n) {
      return [];
    }
    if (account.lots === null) {
      throw new Error(`the lots of account ${account.id} were not read`);
    }
    const parts = this.drawLots(account.lots, amount, transfer, wanted);
    parts.forEach((part) => this.changeDay(account, part.expiresAt, -part.amount));
    account.balance -= amount;
    return parts;
  }

  protected drawHeld(hold: Hold, amount: bigint, transfer: Transfer): LotPart[] {
    return this.drawLots(hold.lots, amount, transfer, () => true);
  }

  /** What the account is to pay beyond its lots. */
  protected owe(account: AccountState, amount: bigint): void {
    account.balance -= amount;
    this.touch(account);
  }

  /**
   * Adds the transfer's amount. It fills a debt first, with the parts that burn first; the rest of them become lots.
   * The parts may be fewer than the amount where whoever pays owes the rest, which only pays a debt.
   */
  protected receive(account: AccountState, transfer: Transfer, parts: readonly LotPart[]): void {
    const unlotted = transfer.amount - parts.reduce((sum, { amount }) => sum + amount, 0n);
    let filling = account.balance < 0n ? -account.balance - unlotted : 0n;
    account.balance += transfer.amount;
    this.touch(account);
    for (const part of parts) {
      const filled = filling < part.amount ? filling : part.amount;
      filling -= filled;
      if (filled < part.amount) {
        const lot = this.makeLot(account.id, transfer, { ...part, amount: part.amount - filled });
        account.lots?.push(lot);
        this.changeDay(account, lot.expiresAt, lot.remaining);
      }
    }
    account.lots?.sort(burnsFirst);
  }

  /** Puts drawn points into the account's held account as the hold's lots. */
  protected keepHeld(account: AccountState, hold: Hold, transfer: Transfer, parts: readonly LotPart[]): void {
    const heldAccountId = this.heldAccount(account);
    hold.transferId = transfer.id;
    hold.lots = parts.map((part) => this.makeLot(heldAccountId, transfer, part));
  }

  protected addHold(account: AccountState, hold: Hold): void {
    account.holds.push(hold);
    this.heldChanged.add(account);
    const known = this.postedHolds.get(hold);
    this.postedHolds.set(hold, { account, hold, isNew: known?.isNew ?? true, settled: null });
    this.touch(account);
  }

  protected openedHold(account: AccountState, purchaseId: string): Hold {
    const hold = account.holds.find((each) => each.purchaseId === purchaseId);
    if (hold === undefined) {
      throw new Error(`account ${account.id} holds nothing for purchase ${purchaseId}`);
    }
    return hold;
  }

  /** The hold leaves its account, for another one. */
  protected dropHold(account: AccountState, hold: Hold): void {
    account.holds = account.holds.filter((each) => each !== hold);
    this.heldChanged.add(account);
    const isNew = this.postedHolds.get(hold)?.isNew ?? false;
    this.postedHolds.set(hold, { account, hold, isNew, settled: null });
    this.touch(account);
  }

  protected settle(account: AccountState, hold: Hold, outcome: HoldOutcome, at: Date): void {
    this.dropHold(account, hold);
    this.postedHolds.get(hold)!.settled = { outcome, at };
  }

  /** The account that keeps what this one holds; it is made where there is none. */
  protected heldAccount(account: AccountState): string {
    if (account.heldAccountId === undefined) {
      throw new Error(`the held account of account ${account.id} was not read`);
    }
    if (account.heldAccountId === null) {
      account.heldAccountId = newId();
      this.newHeldAccounts.add(account);
    }
    return account.heldAccountId;
  }

  private drawLots(lots: Lot[], amount: bigint, transfer: Transfer, wanted: (lot: Lot) => boolean): LotPart[] {
    const parts: LotPart[] = [];
    let left = amount;
    while (left > 0n) {
      const index = lots.findIndex(wanted);
      const lot = lots[index];
      if (lot === undefined) {
        throw new Error(`account ${transfer.from}: its open lots are ${left} short of its balance`);
      }
      const part = lot.remaining < left ? lot.remaining : left;
      left -= part;
      lot.remaining -= part;
      if (lot.remaining === 0n) {
        lots.splice(index, 1);
      }
      this.drawnLots.set(lot.id, lot);
      this.draws.push({ transferId: transfer.id, lotId: lot.id, amount: part });
      const { earnedAt, expiresAt, earnedBy, grace } = lot;
      parts.push({ amount: part, originLotId: lot.id, earnedAt, expiresAt, earnedBy, grace });
    }
    return parts;
  }

  private makeLot(accountId: string, transfer: Transfer, { amount, originLotId, ...terms }: LotPart): Lot {
    const { earnedAt, expiresAt, earnedBy, grace } = terms;
    const lot: Lot = { id: newId(), remaining: amount, earnedAt, expiresAt, earnedBy, grace };
    this.newLots.push({ accountId, transferId: transfer.id, originLotId, amount, lot });
    return lot;
  }

  private changeDay(account: AccountState, expiresAt: Date, change: bigint): void {
    const day = expiresAt.getTime();
    const remaining = (account.days.get(day) ?? 0n) + change;
    if (remaining === 0n) {
      account.days.delete(day);
    } else {
      account.days.set(day, remaining);
    }
    this.touch(account).add(day);
  }

  private touch(account: AccountState): Set<number> {
    const touched = this.touchedDays.get(account) ?? new Set();
    this.touchedDays.set(account, touched);
    return touched;
  }
}
