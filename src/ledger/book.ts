import { type AccountState, heldOn, type Hold, type HoldOutcome, type Lot } from './account-state.js';
import { InsufficientPoints } from './ledger.errors.js';
import { PROGRAMME } from './programme-accounts.js';
import { type Cause, Posting } from './posting.js';

/** A part of a lot that was spent, as `Ledger.drawnFor` reads it. */
export type SpentPart = Omit<Lot, 'remaining'> & { amount: bigint };

/**
 * The opened accounts of one transaction: every verb posts in memory, and `Ledger.close` writes what was posted.
 *
 *     earn      issued  ──▶ account, a new lot
 *     spend     account ──▶ spent,   drawn from the lots that burn first
 *     burn      account ──▶ burnt,   what is left of lots whose time has come
 *     move      account ──▶ account, lot by lot, dates kept
 *     hold      account ──▶ held,    lot by lot, dates kept; `spend` from there draws from the hold's own lots
 *     release   held    ──▶ account, what was not spent, dates kept
 *     return    spent   ──▶ account, to the lots they came from
 *     clawback  account ──▶ issued,  the earned lot first, below zero in the end
 *
 * Amounts are positive hundredths of a point. Σ open lots = max(balance, 0) holds after every verb: what comes to an
 * account in debt fills the debt first and makes lots of the rest only. Due lots are burnt and due holds released before
 * anything else is posted, whether or not a job has been here.
 */
export class Book extends Posting {
  constructor(accounts: readonly AccountState[], now: Date) {
    super(accounts, now);
    accounts.forEach((account) => {
      this.burnDue(account);
      this.releaseDue(account);
    });
  }

  /** What may be spent now, in hundredths of a point; negative where points are owed. */
  available(accountId: string): bigint {
    return this.account(accountId).balance;
  }

  /** What is reserved for purchases that are not finished. */
  held(accountId: string): bigint {
    return heldOn(this.account(accountId));
  }

  /** The open hold of a purchase; undefined once it is settled, or released because its time was over. */
  openHold(accountId: string, purchaseId: string): Hold | undefined {
    return this.account(accountId).holds.find((hold) => hold.purchaseId === purchaseId);
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
    const dates = { earnedAt: cause.occurredAt, expiresAt, earnedBy: cause.subjectId, grace: false };
    const transfer = this.post('earn', PROGRAMME.issued, accountId, amount, cause);
    this.receive(this.account(accountId), transfer, [{ ...dates, amount, originLotId: null }]);
  }

  /** Takes points for a purchase, those that burn first first. Throws InsufficientPoints and posts nothing then. */
  spend(accountId: string, amount: bigint, cause: Cause): void {
    if (amount === 0n) {
      return;
    }
    const account = this.affording(accountId, amount);
    this.draw(account, amount, this.post('spend', accountId, PROGRAMME.spent, amount, cause));
  }

  /**
   * Reserves points for the purchase that causes it until `dueAt`, those that burn first first. A hold of nothing is
   * kept too: the purchase waits all the same. Throws InsufficientPoints and posts nothing then.
   */
  hold(accountId: string, amount: bigint, dueAt: Date, cause: Cause): void {
    const account = this.affording(accountId, amount);
    const hold: Hold = { purchaseId: cause.subjectId, amount, dueAt, lots: [], transferId: null };
    if (amount > 0n) {
      const transfer = this.post('hold', accountId, this.heldAccount(account), amount, cause);
      this.keepHeld(account, hold, transfer, this.draw(account, amount, transfer));
    }
    this.addHold(account, hold);
  }

  /**
   * Spends so much of what is held for the purchase, even where its time came meanwhile; the rest is released. Throws
   * where the hold is not open or smaller.
   */
  spendHeld(accountId: string, purchaseId: string, amount: bigint, cause: Cause): void {
    const account = this.account(accountId);
    const hold = this.openedHold(account, purchaseId);
    if (amount > 0n) {
      const transfer = this.post('spend', this.heldAccount(account), PROGRAMME.spent, amount, cause);
      this.drawHeld(hold, amount, transfer);
    }
    this.release(account, hold, 'confirmed', { subjectId: purchaseId, occurredAt: this.now });
  }

  /** Gives what is held for the purchase back to the account. Throws where the hold is not open. */
  releaseHeld(accountId: string, purchaseId: string): void {
    const account = this.account(accountId);
    const cause = { subjectId: purchaseId, occurredAt: this.now };
    this.release(account, this.openedHold(account, purchaseId), 'cancelled', cause);
  }

  /** Gives spent points back to the lots that they came from; those whose time is over get until `graceEndsAt`. */
  returnSpent(accountId: string, parts: readonly SpentPart[], graceEndsAt: Date, cause: Cause): void {
    const amount = parts.reduce((sum, part) => sum + part.amount, 0n);
    if (amount === 0n) {
      return;
    }
    const transfer = this.post('return', PROGRAMME.spent, accountId, amount, cause);
    const inTime = parts.map(({ id, ...part }) => {
      const over = part.expiresAt <= this.now;
      const grace = { grace: over || part.grace, expiresAt: over ? graceEndsAt : part.expiresAt };
      return { ...part, ...grace, originLotId: id };
    });
    this.receive(this.account(accountId), transfer, inTime);
  }

  /**
   * Takes earned points back: first from the lots that `earnedBy` earned, then from those that burn first, then below
   * zero (product L9).
   */
  clawBack(accountId: string, amount: bigint, earnedBy: string, cause: Cause): void {
    if (amount === 0n) {
      return;
    }
    const account = this.account(accountId);
    const transfer = this.post('clawback', accountId, PROGRAMME.issued, amount, cause);
    const fromLots = smaller(amount, positive(account.balance));
    const own = (account.lots ?? []).filter((lot) => lot.earnedBy === earnedBy);
    const fromOwn = smaller(fromLots, sumOf(own));
    this.draw(account, fromOwn, transfer, (lot) => lot.earnedBy === earnedBy);
    this.draw(account, fromLots - fromOwn, transfer);
    this.owe(account, amount - fromLots);
  }

  /**
   * Moves everything to another account: all points, every lot with its dates (product L5), a debt, and what is held.
   * Returns how much moved, negative for a debt. Both accounts' lots must have been read.
   */
  moveAll(fromId: string, toId: string, cause: Cause): bigint {
    const [from, to] = [this.account(fromId), this.account(toId)];
    const amount = from.balance;
    if (amount > 0n) {
      this.movePoints(from, to, amount, cause);
    } else if (amount < 0n) {
      // A debt moves by being paid from there, as far as points go and below zero beyond.
      this.movePoints(to, from, -amount, cause);
    }
    [...from.holds].forEach((hold) => this.moveHold(from, to, hold, cause));
    return amount;
  }

  private movePoints(from: AccountState, to: AccountState, amount: bigint, cause: Cause): void {
    const transfer = this.post('move', from.id, to.id, amount, cause);
    const fromLots = smaller(amount, positive(from.balance));
    const drawn = this.draw(from, fromLots, transfer);
    this.owe(from, amount - fromLots);
    this.receive(to, transfer, drawn);
  }

  private affording(accountId: string, amount: bigint): AccountState {
    const account = this.account(accountId);
    if (amount > positive(account.balance)) {
      throw new InsufficientPoints(account.balance);
    }
    return account;
  }

  private burnDue(account: AccountState, from = new Date(0)): void {
    const due = [...account.days].filter(([expiresAt]) => expiresAt <= this.now.getTime());
    // In the order of the lots: burning one day must not draw from the lots of another.
    for (const [expiresAt, points] of due.sort(([a], [b]) => a - b)) {
      const occurredAt = new Date(Math.max(expiresAt, from.getTime()));
      const transfer = this.post('burn', account.id, PROGRAMME.burnt, points, { subjectId: account.id, occurredAt });
      this.draw(account, points, transfer);
    }
  }

  private releaseDue(account: AccountState): void {
    const due = account.holds.filter(({ dueAt }) => dueAt <= this.now);
    for (const hold of due) {
      this.release(account, hold, 'released', { subjectId: hold.purchaseId, occurredAt: hold.dueAt });
    }
  }

  /** Lots that came due while they were held burn at once. */
  private release(account: AccountState, hold: Hold, outcome: HoldOutcome, cause: Cause): void {
    const rest = sumOf(hold.lots);
    if (rest > 0n) {
      const transfer = this.post('release', this.heldAccount(account), account.id, rest, cause);
      this.receive(account, transfer, this.drawHeld(hold, rest, transfer));
    }
    this.settle(account, hold, outcome, cause.occurredAt);
    this.burnDue(account, cause.occurredAt);
  }

  private moveHold(from: AccountState, to: AccountState, hold: Hold, cause: Cause): void {
    this.dropHold(from, hold);
    if (hold.amount > 0n) {
      const transfer = this.post('move', this.heldAccount(from), this.heldAccount(to), hold.amount, cause);
      this.keepHeld(to, hold, transfer, this.drawHeld(hold, hold.amount, transfer));
    }
    this.addHold(to, hold);
  }
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function sumOf(lots: readonly Lot[]): bigint {
  return lots.reduce((sum, { remaining }) => sum + remaining, 0n);
}
