import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { WriteSet } from '../../infra/database/write-set.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { CardMoved } from '../purchase-look-up.service.js';
import { Purchasing } from '../purchasing.service.js';
import { ClaimReturns } from './claim-returns.service.js';
import { type ClaimRow, judgeClaim, type ReceiptRow, type Refusal } from './claim-terms.js';
import { SettlementQueries } from './settlement.queries.js';

/** Null where a limit against fraud stopped it: staff decide. */
export type Outcome = { purchaseId: string } | { reason: Refusal } | null;

const ATTEMPTS = 4;

/** Brings claims and stations' receipts together, whichever came first, and credits each receipt once. */
@Injectable()
export class Settlement {
  constructor(
    private readonly database: Database,
    private readonly queries: SettlementQueries,
    private readonly purchasing: Purchasing,
    private readonly returns: ClaimReturns,
    private readonly clock: Clock,
  ) {}

  /** Settles the claim and all others of its receipt; leaves them waiting where the receipt is not known yet. */
  async settle(claimId: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction((sql) => this.settleWithin(sql, claimId));
      } catch (error) {
        // A card changed hands meanwhile.
        if (!(error instanceof CardMoved) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Settles what the upload's receipts were waited for by, and takes back what its refunds say was returned. */
  async settleUpload(uploadId: string): Promise<void> {
    for (const id of await this.queries.waitingFor(uploadId)) await this.settle(id);
    await this.returns.takeBack(uploadId);
  }

  private async settleWithin(sql: Sql, claimId: string): Promise<void> {
    // Whoever holds the receipts' locks is alone with all claims on them: the first of them is credited.
    const receipts = await this.queries.lockReceipts(sql, claimId);
    if (receipts.length === 0 || (await this.queries.isReviewed(sql, receipts))) return;
    for (const claim of await this.queries.lockClaims(sql, claimId)) {
      const receipt = receipts.find(({ fiscal_sign: sign }) => sign === claim.fiscal_sign) ?? receipts[0]!;
      const outcome = await this.outcomeOf(sql, claim, receipt);
      if (outcome === null) return this.queries.leaveToStaff(sql, claim.id, receipt.id);
      await this.queries.close(sql, claim.id, receipt.id, outcome, this.clock.now());
    }
  }

  /** What is to come of the claim, behind its receipt's lock; `cleared` where staff have looked at it. */
  async outcomeOf(sql: Sql, claim: ClaimRow, receipt: ReceiptRow, cleared = false): Promise<Outcome> {
    const refusal = judgeClaim(claim, receipt, await this.queries.history(sql, receipt));
    if (refusal) return { reason: refusal };
    const number = await this.queries.cardOf(sql, claim.customer_id, receipt.occurred_at);
    return number === undefined ? { reason: 'no_card' } : this.register(sql, number, receipt, cleared);
  }

  /** A purchase as any other, at the receipt's own time: ledger, rules and history know no difference. */
  private async register(sql: Sql, number: string, receipt: ReceiptRow, cleared: boolean): Promise<Outcome> {
    const writes = new WriteSet();
    const call = {
      ...{ terminalId: receipt.terminal_id, stationId: receipt.station_id, card: { number } },
      ...{ receiptNumber: receipt.receipt_number, receiptAt: new Date(receipt.occurred_at) },
      lines: receipt.lines.map(({ category, sumKopecks }) => ({ category, sumKopecks: BigInt(sumKopecks) })),
      ...{ redeem: 0n, cashier: null, cleared },
    };
    const [purchase] = await this.purchasing.register(sql, [call], this.clock.now(), writes);
    if (purchase instanceof DomainError) {
      return purchase.code === 'velocity_exceeded' ? null : { reason: refusalOf(purchase) };
    }
    await writes.flush(sql);
    return { purchaseId: purchase!.id };
  }
}

/** Anything else is no word on the claim: it waits, and is tried again. */
function refusalOf({ code }: DomainError): Refusal {
  if (code === 'receipt_already_registered') {
    return 'already_earned';
  }
  if (code.startsWith('card_')) {
    return 'no_card';
  }
  throw new Error(`a claim's purchase was refused: ${code}`);
}
