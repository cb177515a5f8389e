import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { LoyaltyModule } from '../loyalty.module.js';
import { ClaimReturns } from './claim-returns.service.js';
import { ClaimReviews } from './claim-reviews.service.js';
import { ReceiptPlaces } from './places.service.js';
import { CLAIM_TOPIC, ReceiptClaims } from './receipt-claims.service.js';
import { ReceiptUploads, UPLOAD_TOPIC } from './receipt-uploads.service.js';
import { Settlement } from './settlement.service.js';
import { SettlementQueries } from './settlement.queries.js';
import { StationReceipts } from './station-receipts.service.js';

/** Receipts that customers claim when they forgot their card, and stations' uploads that confirm them. */
@Module({
  imports: [AuditModule, LoyaltyModule],
  providers: [
    ...[ReceiptClaims, ReceiptPlaces, ReceiptUploads, Settlement, SettlementQueries, StationReceipts],
    ...[ClaimReturns, ClaimReviews],
  ],
  exports: [ReceiptClaims, ReceiptUploads, ClaimReviews],
})
export class ClaimsModule implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly settlement: Settlement,
  ) {}

  onModuleInit(): void {
    this.outbox.on(CLAIM_TOPIC, (id) => this.settlement.settle(id));
    this.outbox.on(UPLOAD_TOPIC, (id) => this.settlement.settleUpload(id));
  }
}
