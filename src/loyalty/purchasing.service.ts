import { Injectable } from '@nestjs/common';
import type { RegisteredCard } from '../cards/card-register.service.js';
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
import { presentEdition } from './present-edition.js';
import { burnsAt } from './points-lifetime.js';
import type { PricedReceipt } from './pricing.js';
import type { Buying, OpenBlocks } from './fraud/open-blocks.js';
import { VelocityBlocks } from './fraud/velocity-blocks.service.js';
import type { Purchase, PurchaseCall } from './purchase.js';
import { PurchaseLookUp } from './purchase-look-up.service.js';
import { judgePurchase, knownCard, type LiveCard, liveCard, type Terms, termsOf } from './purchase-terms.js';
import { writePurchase } from './purchase.writes.js';
import { SpendingProofs } from './spending/spending-proofs.service.js';

/** A held purchase that nobody confirms gives its points back after so long (contracts, Purchases). */
const HOLD_MINUTES = 15;

/** What purchases of one batch are judged by besides the programme's terms. */
interface OpenRules {
  promotions: OpenPromotions;
  blocks: OpenBlocks;
}

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
    private readonly lookUp: PurchaseLookUp,
    private readonly ledger: Ledger,
    private readonly velocity: VelocityBlocks,
    private readonly promotions: ActivePromotions,
    private readonly proofs: SpendingProofs,
    config: Config,
  ) {
    this.terms = termsOf(config);
  }

  /**
   * Posts the purchases in their order within the caller's transaction. Answers each with the purchase or its refusal:
   * `card_not_found`, `card_not_sold`, `card_blocked`, `card_not_active`, `proof_required`, `redeem_exceeds_limit`,
   * `insufficient_points`, `velocity_exceeded`, `receipt_already_registered`. Throws CardMoved where all must be tried again.
   */
  async register(
    sql: Sql,
    given: readonly PurchaseCall[],
    now: Date,
    writes: WriteSet,
  ): Promise<(Purchase | DomainError)[]> {
    const calls = await this.proofs.withoutSpent(sql, given);
    const [live, registered] = await Promise.all([
      this.lookUp.findCards(sql, calls),
      this.lookUp.findReceipts(sql, calls),
    ]);
    const drawing = live.filter((_, index) => draws(calls[index]!));
    const [book, rules] = await Promise.all([
      this.ledger.open(sql, accountsOf(live), now, accountsOf(drawing)),
      // Asked behind the lock, so these look when the lock is held.
      this.openRules(sql, calls, live, now),
      this.lookUp.refuseMoved(sql, live),
    ]);
    const answers = calls.map((call, index) =>
      refusalOr(() => {
        const card = knownCard(live[index]);
        registered.refuseDuplicate(call);
        const purchase = this.post(call, liveCard(card), book, rules, writes);
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
    const known = knownCard((await this.lookUp.findCards(sql, [call]))[0]);
    (await this.lookUp.findReceipts(sql, [call])).refuseDuplicate(call);
    const live = liveCard(known);
    const [book, rules] = await Promise.all([
      this.ledger.peek(sql, [live.accountId], now, draws(call) ? [live.accountId] : []),
      this.openRules(sql, [call], [live], now),
    ]);
    return { ...this.postToBook(call, live, book, rules), state: 'quoted' };
  }

  private async openRules(
    sql: Sql,
    calls: readonly PurchaseCall[],
    cards: readonly (RegisteredCard | undefined)[],
    now: Date,
  ): Promise<OpenRules> {
    const edition = presentEdition(sql);
    const [promotions, blocks] = await Promise.all([
      this.promotions.open(sql, accountsOf(cards), earliestOf(calls, now), edition),
      this.velocity.open(sql, buyingsOf(calls, cards), now, edition),
    ]);
    return { promotions, blocks };
  }

  private post(call: PurchaseCall, card: LiveCard, book: Book, rules: OpenRules, writes: WriteSet): Purchase {
    const purchase = this.postToBook(call, card, book, rules);
    const { promotions, blocks } = rules;
    blocks.count(buyingOf(call, card), purchase.priced);
    const moment = occurredAt(call, book.now);
    writePurchase(call, purchase, moment, writes);
    // A held one earns when it is confirmed.
    if (purchase.state === 'confirmed') promotions.record(occasionOf(call, card, moment), purchase.priced, writes);
    return purchase;
  }

  private postToBook(call: PurchaseCall, card: LiveCard, book: Book, { promotions, blocks }: OpenRules): Purchase {
    const moment = occurredAt(call, book.now);
    const terms = { ...this.terms, promotions: promotions.rulesFor(occasionOf(call, card, moment)) };
    const priced = judgePurchase(call, card, book.available(card.accountId), moment, terms);
    if (call.cleared !== true) blocks.refuse(buyingOf(call, card), priced);
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

function buyingOf({ terminalId }: PurchaseCall, { number, customerId }: RegisteredCard): Buying {
  return { terminalId, cardNumber: number, customerId };
}

function buyingsOf(calls: readonly PurchaseCall[], cards: readonly (RegisteredCard | undefined)[]): Buying[] {
  return calls.flatMap((call, index) => (cards[index] ? [buyingOf(call, cards[index])] : []));
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
