import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import type { ClaimRow, ReceiptRow } from './claim-terms.js';
import { CLAIM_TOPIC } from './receipt-claims.service.js';
import { Settlement } from './settlement.service.js';
import { type Settled, SettlementQueries } from './settlement.queries.js';

/** Claims that a limit against fraud stopped: a member of staff looks at them and says what becomes of them. */
@Injectable()
export class ClaimReviews {
  constructor(
    private readonly database: Database,
    private readonly queries: SettlementQueries,
    private readonly settlement: Settlement,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Credits the claim whatever the limits say; answers false where it may not be credited any more, as when the till has
   * registered the receipt meanwhile: then it is refused for that reason. Throws `claim_decided`.
   */
  async credit(claimId: string, actor: Actor): Promise<boolean> {
    return this.decide(claimId, actor, async (sql, claim, receipt) => {
      const outcome = await this.settlement.outcomeOf(sql, claim, receipt, true);
      if (outcome === null) throw new Error('a limit stopped a claim that staff had cleared');
      return outcome;
    });
  }

  /** Refuses it in words that the customer reads. Throws `claim_decided`. */
  async refuse(claimId: string, decision: string, actor: Actor): Promise<void> {
    await this.decide(claimId, actor, () => Promise.resolve({ reason: 'by_staff' as const, decision }));
  }

  private async decide(
    claimId: string,
    actor: Actor,
    outcomeOf: (sql: Sql, claim: ClaimRow, receipt: ReceiptRow) => Promise<Settled>,
  ): Promise<boolean> {
    const credited = await this.database.transaction(async (sql) => {
      const receipts = await this.queries.lockReceipts(sql, claimId);
      const claim = await this.queries.lockReviewed(sql, claimId);
      const receipt = receipts.find(({ id }) => id === claim?.receipt_id);
      if (!claim || !receipt) throw new DomainError('claim_decided', 'conflict');
      const outcome = { ...(await outcomeOf(sql, claim, receipt)), decidedBy: actor.id ?? null };
      await this.queries.close(sql, claimId, receipt.id, outcome, this.clock.now());
      // Whoever claimed the receipt after this one has waited for the decision.
      for (const { id } of await this.queries.lockClaims(sql, claimId)) await this.outbox.put(sql, CLAIM_TOPIC, id);
      const done = 'purchaseId' in outcome;
      const facts = done ? { purchase: outcome.purchaseId } : { reason: outcome.reason };
      const object = { kind: 'receipt_claim', id: claimId };
      await this.audit.record(sql, { actor, action: `receipt_claim.${done ? 'credited' : 'refused'}`, object, facts });
      return done;
    });
    this.outbox.ring();
    return credited;
  }
}
