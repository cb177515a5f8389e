import { Injectable } from '@nestjs/common';
import type { RegisteredCard } from '../../cards/card-register.service.js';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import type { WriteSet } from '../../infra/database/write-set.js';
import type { Book, SpentPart } from '../../ledger/book.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { pointsBalance } from '../points-balance.js';
import { graceEndsAt } from '../points-lifetime.js';
import type { PointsBalance } from '../purchase.js';
import type { RegisteredPurchase } from '../purchase-reader.service.js';
import { takeUseBack } from '../promotions/promotion-uses.js';
import { occurredAt } from '../purchasing.service.js';
import { LockedPurchases } from './locked-purchases.service.js';
import { RefundRegister } from './refund-register.service.js';
import { refuseUnknownLines, shareOfLines, shareOfSum, sumOfRefunds } from './refund-shares.js';
import type { Refund, RefundCall, RefundedLine } from './refund.js';
import { type RuleShare, ruleSharesOfLines, ruleSharesOfSum } from './rule-shares.js';

/** A refund that was registered, with the card it was for and what is on it now. */
export interface RegisteredRefund extends Refund {
  card: RegisteredCard;
  balance: PointsBalance;
}

/** What a refund comes to, by lines too, and by the rules that gave the points. */
interface Judged {
  refund: Refund;
  lines: RefundedLine[];
  rules: RuleShare[];
}

/** Goods and money given back: spent points return to their lots, earned ones are taken back (product L9). */
@Injectable()
export class Refunds {
  constructor(
    private readonly locked: LockedPurchases,
    private readonly register: RefundRegister,
    private readonly ledger: Ledger,
    private readonly config: Config,
  ) {}

  /**
   * Registers a refund in the caller's transaction, whatever state the card is in, on the account that its points are
   * on now. Refused with `purchase_not_found`, `invalid_request` (no such line), `purchase_not_confirmed`,
   * `receipt_already_registered`, `refund_kind_mixed`, `refund_exceeds_purchase`.
   */
  refund(sql: Sql, call: RefundCall, now: Date, writes: WriteSet): Promise<RegisteredRefund | DomainError> {
    return this.locked.withLocked(sql, call, now, writes, async (purchase, book) => {
      const { wish } = call;
      if ('lines' in wish) refuseUnknownLines(purchase.priced.lines, wish.lines);
      if (purchase.state !== 'confirmed') throw new DomainError('purchase_not_confirmed', 'conflict');
      await this.register.refuseDuplicate(sql, call);
      const before = await this.register.of(sql, purchase.id);
      const { refund, lines, rules } = await this.judge(sql, purchase, call, before, now);
      const parts = await this.spentParts(sql, purchase, sumOfRefunds(before).returnedHundredths, refund);
      this.movePoints(book, purchase, refund, parts);
      const { accountId } = purchase.card;
      this.register.add(call, accountId, refund, lines, writes);
      for (const share of rules) takeUseBack({ purchaseId: purchase.id, accountId, ...share }, writes);
      return { ...refund, card: purchase.card, balance: pointsBalance(book, accountId) };
    });
  }

  private async judge(
    sql: Sql,
    { id, priced }: RegisteredPurchase,
    call: RefundCall,
    before: readonly Refund[],
    now: Date,
  ): Promise<Judged> {
    const { wish } = call;
    if (before.some((earlier) => earlier.byLines !== 'lines' in wish)) {
      throw new DomainError('refund_kind_mixed', 'conflict');
    }
    const named = { id: newId(), occurredAt: occurredAt(call, now) };
    if ('lines' in wish) {
      const gone = await this.register.returnedQuantities(sql, id);
      const lines = shareOfLines(priced.lines, wish.lines, gone);
      const rules = ruleSharesOfLines(priced.lines, lines, gone);
      return { refund: { ...named, byLines: true, ...sumOfRefunds(lines) }, lines, rules };
    }
    const earlier = sumOfRefunds(before);
    const amounts = shareOfSum(priced, wish.sumKopecks, earlier);
    const rules = ruleSharesOfSum(priced, wish.sumKopecks, earlier);
    return { refund: { ...named, byLines: false, ...amounts }, lines: [], rules };
  }

  private movePoints(book: Book, { id, card }: RegisteredPurchase, refund: Refund, parts: readonly SpentPart[]): void {
    const cause = { subjectId: refund.id, occurredAt: refund.occurredAt };
    book.returnSpent(card.accountId, parts, graceEndsAt(book.now, this.config.timeZone), cause);
    book.clawBack(card.accountId, refund.takenBackHundredths, id, cause);
  }

  /** The parts of lots that this refund gives back: those after what earlier ones gave back, in the lots' own order. */
  private async spentParts(
    sql: Sql,
    { id, accountId, hold, occurredAt: spentAt }: RegisteredPurchase,
    alreadyReturned: bigint,
    { returnedHundredths }: Refund,
  ): Promise<SpentPart[]> {
    if (returnedHundredths === 0n) return [];
    const from = [accountId, ...(hold?.heldAccountId ? [hold.heldAccountId] : [])];
    return slice(await this.ledger.drawnFor(sql, id, from, spentAt), alreadyReturned, returnedHundredths);
  }
}

/** So much of the parts, after having left so much out. */
function slice(parts: readonly SpentPart[], leaveOut: bigint, take: bigint): SpentPart[] {
  let [start, end] = [leaveOut, leaveOut + take];
  const taken: SpentPart[] = [];
  for (const part of parts) {
    const from = start < 0n ? 0n : start;
    const to = end < part.amount ? end : part.amount;
    if (to > from) {
      taken.push({ ...part, amount: to - from });
    }
    start -= part.amount;
    end -= part.amount;
  }
  return taken;
}
