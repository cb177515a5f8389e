import { Injectable } from '@nestjs/common';
import { CardRegister, type RegisteredCard } from '../cards/card-register.service.js';
import { Config } from '../infra/config/config.js';
import type { Sql } from '../infra/database/sql.js';
import type { WriteSet } from '../infra/database/write-set.js';
import type { Book } from '../ledger/book.js';
import { Ledger } from '../ledger/ledger.service.js';
import type { Cause } from '../ledger/posting.js';
import { DomainError } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { ActivePromotions } from './promotions/active-promotions.service.js';
import type { OpenPromotions, PurchaseOccasion } from './promotions/open-promotions.js';
import { pointsBalance } from './points-balance.js';
import { burnsAt } from './points-lifetime.js';
import type { PricedReceipt } from './pricing.js';
import type { CardReference, Purchase, PurchaseCall } from './purchase.js';
import { judgePurchase, knownCard, type LiveCard, liveCard, type Terms } from './purchase-terms.js';
import { writePurchase } from './purchase.writes.js';
import { ReceiptRegister } from './receipt-register.service.js';
import { SpendingProofs } from './spending/spending-proofs.service.js';

/** A held purchase that nobody confirms gives its points back after so long (contracts, Purchases). */
const HOLD_MINUTES = 15;

/** A card changed hands between the look-up and the lock: the transaction is to be tried again. */
export class CardMoved extends Error {}

/**
 * Registers purchases: points spent as a discount, points earned for what was paid (product L7, L8).
 *
 * Purchases that arrive together share a transaction and its commit. A refused one leaves no trace among the others:
 * everything about it is decided in memory before anything of it is posted.
 */
@Injectable()
export class Purchasing {
  private readonly terms: Terms;

  constructor(
    private readonly cards: CardRegister,
    private readonly receipts: ReceiptRegister,
    private readonly ledger: Ledger,
    private readonly promotions: ActivePromotions,
    private readonly proofs: SpendingProofs,
    config: Config,
  ) {
    this.terms = { programme: config.programme, timeZone: config.timeZone };
  }

  /**
   * Posts the purchases in their order within the caller's transaction. Answers each with the purchase or its refusal:
   * `card_not_found`, `card_not_sold`, `card_blocked`, `card_not_active`, `proof_required`, `redeem_exceeds_limit`,
   * `insufficient_points`, `receipt_already_registered`. Throws CardMoved where all must be tried again.
   */
  async register(
    sql: Sql,
    given: readonly PurchaseCall[],
    now: Date,
    writes: WriteSet,
  ): Promise<(Purchase | DomainError)[]> {
    const calls = await this.proofs.withoutSpent(sql, given);
    const [cards, registered] = await Promise.all([this.findCards(sql, calls), this.receipts.find(sql, calls)]);
    const live = calls.map((call) => cards.get(referenceKey(call.card)));
    const drawing = live.filter((_, index) => draws(calls[index]!));
    const [book, promotions] = await Promise.all([
      this.ledger.open(sql, accountsOf(live), now, accountsOf(drawing)),
      this.promotions.open(sql, accountsOf(live), earliestOf(calls, now)),
      // Asked behind the lock, so it looks when the lock is held.
      this.refuseMoved(sql, live),
    ]);
    const answers = calls.map((call, index) =>
      refusalOr(() => {
        const card = knownCard(live[index]);
        registered.refuseDuplicate(call);
        const purchase = this.post(call, liveCard(card), book, promotions, writes);
        registered.add(call, purchase.id);
        return purchase;
      }),
    );
    this.ledger.close(book, writes);
    return this.proofs.settle(sql, calls, answers, writes);
  }

  /** What `register` would answer now; changes nothing and refuses as the real call. */
  async quote(sql: Sql, given: PurchaseCall, now: Date): Promise<Purchase> {
    const [call = given] = await this.proofs.withoutSpent(sql, [given]);
    const known = knownCard((await this.findCards(sql, [call])).get(referenceKey(call.card)));
    (await this.receipts.find(sql, [call])).refuseDuplicate(call);
    const live = liveCard(known);
    const [book, promotions] = await Promise.all([
      this.ledger.peek(sql, [live.accountId], now, draws(call) ? [live.accountId] : []),
      this.promotions.open(sql, [live.accountId], earliestOf([call], now)),
    ]);
    return { ...this.postToBook(call, live, book, promotions), state: 'quoted' };
  }

  private post(call: PurchaseCall, card: LiveCard, book: Book, promotions: OpenPromotions, writes: WriteSet): Purchase {
    const purchase = this.postToBook(call, card, book, promotions);
    const moment = occurredAt(call, book.now);
    writePurchase(call, purchase, moment, writes);
    // A held one earns when it is confirmed.
    if (purchase.state === 'confirmed') promotions.record(occasionOf(call, card, moment), purchase.priced, writes);
    return purchase;
  }

  private postToBook(call: PurchaseCall, card: LiveCard, book: Book, promotions: OpenPromotions): Purchase {
    const moment = occurredAt(call, book.now);
    const terms = { ...this.terms, promotions: promotions.rulesFor(occasionOf(call, card, moment)) };
    const priced = judgePurchase(call, card, book.available(card.accountId), moment, terms);
    const id = newId();
    const cause = { subjectId: id, occurredAt: moment };
    if (call.hold) {
      book.hold(card.accountId, priced.redeemedHundredths, heldUntil(book.now), cause);
    } else {
      this.movePoints(book, card, priced, cause);
    }
    const state = call.hold ? 'held' : 'confirmed';
    return { id, state, card, priced, balance: pointsBalance(book, card.accountId) };
  }

  private movePoints(
    book: Book,
    { accountId }: LiveCard,
    { redeemedHundredths, earnedHundredths }: PricedReceipt,
    cause: Cause,
  ): void {
    book.spend(accountId, redeemedHundredths, cause);
    const { programme, timeZone } = this.terms;
    const burns = burnsAt(cause.occurredAt, programme.pointsLifetimeMonths, timeZone);
    book.earn(accountId, earnedHundredths, burns, cause);
  }

  private async findCards(sql: Sql, calls: readonly PurchaseCall[]): Promise<Map<string, RegisteredCard>> {
    const numbers = calls.flatMap(({ card }) => ('number' in card ? [card.number] : []));
    const phones = calls.flatMap(({ card }) => ('phone' in card ? [card.phone] : []));
    const [byNumber, byPhone] = await Promise.all([
      numbers.length === 0 ? [] : this.cards.byNumbers(sql, numbers),
      phones.length === 0 ? [] : this.cards.byPhones(sql, phones),
    ]);
    return new Map([...byNumber, ...byPhone]);
  }

  /** Under the accounts' locks no card of theirs changes; what changed just before is seen here. */
  private async refuseMoved(sql: Sql, cards: readonly (RegisteredCard | undefined)[]): Promise<void> {
    const known = cards.filter((card) => card !== undefined);
    const current = await this.cards.byNumbers(sql, [...new Set(known.map(({ number }) => number))]);
    for (const { number, state, accountId } of known) {
      const now = current.get(number);
      if (now?.state !== state || now.accountId !== accountId) {
        throw new CardMoved();
      }
    }
  }
}

/** The receipt's own time, or the server's where the till's clock runs ahead (contracts, Purchases). */
export function occurredAt({ receiptAt }: { receiptAt: Date }, now: Date): Date {
  return receiptAt > now ? now : receiptAt;
}

function heldUntil(now: Date): Date {
  return new Date(now.getTime() + HOLD_MINUTES * 60_000);
}

/** Is anything to be taken from the account, or its held account to be known? */
function draws({ redeem, hold }: PurchaseCall): boolean {
  return redeem !== 0n || hold === true;
}

function earliestOf(calls: readonly PurchaseCall[], now: Date): Date {
  return calls.reduce((earliest, { receiptAt }) => (receiptAt < earliest ? receiptAt : earliest), now);
}

function occasionOf({ stationId }: PurchaseCall, { accountId }: LiveCard, occurredAt: Date): PurchaseOccasion {
  return { accountId, stationId, occurredAt };
}

function referenceKey(card: CardReference): string {
  return 'number' in card ? card.number : card.phone;
}

function accountsOf(cards: readonly (RegisteredCard | undefined)[]): string[] {
  return [...new Set(cards.flatMap((card) => card?.accountId ?? []))];
}

function refusalOr<T>(decide: () => T): T | DomainError {
  try {
    return decide();
  } catch (error) {
    if (error instanceof DomainError) {
      return error;
    }
    throw error;
  }
}
