import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import type { WriteSet } from '../../infra/database/write-set.js';
import type { Book } from '../../ledger/book.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { DomainError } from '../../shared/domain-error.js';
import { pointsBalance } from '../points-balance.js';
import { burnsAt } from '../points-lifetime.js';
import { ActivePromotions } from '../promotions/active-promotions.service.js';
import type { Purchase } from '../purchase.js';
import { type RegisteredPurchase, withoutPoints } from '../purchase-reader.service.js';
import { judgeConfirmed, type Terms, termsOf } from '../purchase-terms.js';
import { writeLines } from '../purchase.writes.js';
import { occurredAt } from '../purchasing.service.js';
import { ReceiptRegister } from '../receipt-register.service.js';
import type { ReceiptLine } from '../receipt.js';
import { LockedPurchases, type PurchaseOfStation } from './locked-purchases.service.js';
import { writeClosed, writeConfirmed } from './held-purchase.writes.js';

/** A held purchase as it came out in the end; what is not said stays as it was authorised. */
export interface ConfirmCall extends PurchaseOfStation {
  receipt: { number: string; at: Date } | null;
  lines: readonly ReceiptLine[] | null;
  cashier: string | null;
}

export interface CancelCall extends PurchaseOfStation {
  cashier: string | null;
}

/** Purchases whose points are held until the pump has stopped: confirmed, cancelled, or released by themselves. */
@Injectable()
export class HeldPurchases implements OnModuleInit {
  private readonly terms: Terms;

  constructor(
    private readonly locked: LockedPurchases,
    private readonly receipts: ReceiptRegister,
    private readonly ledger: Ledger,
    private readonly promotions: ActivePromotions,
    config: Config,
  ) {
    this.terms = termsOf(config);
  }

  onModuleInit(): void {
    this.ledger.whenReleased(({ purchaseId }, writes) => {
      writeClosed({ id: purchaseId, state: 'released', cashier: null }, writes);
    });
  }

  /**
   * Spends of what is held as much as the final lines allow, releases the rest and earns by the rules of the receipt's
   * moment on the account that the card's points are on; a card blocked meanwhile does not stop it. Refused with
   * `purchase_not_found`, `purchase_not_held`, `receipt_already_registered`.
   */
  confirm(sql: Sql, call: ConfirmCall, now: Date, writes: WriteSet): Promise<Purchase | DomainError> {
    return this.locked.withLocked(sql, call, now, writes, async (purchase, book) => {
      const { amount } = openHold(purchase, book);
      const receipt = await this.finalReceipt(sql, purchase, call);
      const moment = call.receipt === null ? new Date(purchase.occurredAt) : occurredAt(receipt, now);
      const sale = { lines: call.lines ?? purchase.priced.lines, stationId: call.stationId };
      const { accountId } = purchase.card;
      const promotions = await this.promotions.open(sql, [accountId], moment);
      const occasion = { accountId, stationId: call.stationId, occurredAt: moment };
      const terms = { ...this.terms, promotions: promotions.rulesFor(occasion) };
      const priced = judgeConfirmed(sale, purchase.card, amount, moment, terms);
      promotions.record(occasion, priced, writes);
      const confirmed = { ...purchase, ...receipt, state: 'confirmed' as const, priced };
      this.movePoints(book, confirmed, moment);
      await sql.query('delete from purchase_line where purchase_id = $1', [purchase.id]);
      writeLines(purchase.id, priced.lines, writes);
      writeConfirmed(confirmed, moment, call.cashier, writes);
      return { ...confirmed, balance: pointsBalance(book, accountId) };
    });
  }

  /** Gives everything back. Refused with `purchase_not_found`, `purchase_not_held`. */
  cancel(sql: Sql, call: CancelCall, now: Date, writes: WriteSet): Promise<Purchase | DomainError> {
    return this.locked.withLocked(sql, call, now, writes, (purchase, book) => {
      openHold(purchase, book);
      book.releaseHeld(purchase.hold!.accountId, purchase.id);
      writeClosed({ id: purchase.id, state: 'cancelled', cashier: call.cashier }, writes);
      const balance = pointsBalance(book, purchase.card.accountId);
      return { ...purchase, state: 'cancelled' as const, priced: withoutPoints(purchase.priced), balance };
    });
  }

  private movePoints(book: Book, { id, card, hold, priced }: RegisteredPurchase, moment: Date): void {
    const cause = { subjectId: id, occurredAt: moment };
    book.spendHeld(hold!.accountId, id, priced.redeemedHundredths, cause);
    const { programme, timeZone } = this.terms;
    const burns = burnsAt(moment, programme.pointsLifetimeMonths, timeZone);
    book.earn(card.accountId, priced.earnedHundredths, burns, cause);
  }

  /** The receipt may be another than the one that was authorised, but no other purchase's. */
  private async finalReceipt(
    sql: Sql,
    { id, terminalId, receiptNumber, receiptAt }: RegisteredPurchase,
    { receipt }: ConfirmCall,
  ): Promise<{ receiptNumber: string; receiptAt: Date }> {
    if (receipt === null) {
      return { receiptNumber, receiptAt };
    }
    const final = { receiptNumber: receipt.number, receiptAt: receipt.at };
    (await this.receipts.find(sql, [{ terminalId, ...final }])).refuseDuplicate({ terminalId, ...final }, id);
    return final;
  }
}

function openHold({ id, state, hold }: RegisteredPurchase, book: Book): { amount: bigint } {
  const open = state === 'held' && hold !== null ? book.openHold(hold.accountId, id) : undefined;
  if (open === undefined) {
    throw new DomainError('purchase_not_held', 'conflict');
  }
  return open;
}
