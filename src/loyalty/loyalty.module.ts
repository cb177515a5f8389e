import { Module, type OnModuleInit } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { LedgerProof } from '../ledger/ledger-proof.service.js';
import { Expiry } from './expiry.service.js';
import { PointsReader } from './points-reader.service.js';
import { PURCHASE_RULES } from './purchase-proof.js';
import { PurchaseReader } from './purchase-reader.service.js';
import { Purchasing } from './purchasing.service.js';
import { ReceiptRegister } from './receipt-register.service.js';

@Module({
  imports: [CardsModule, LedgerModule],
  providers: [Purchasing, PurchaseReader, ReceiptRegister, PointsReader, Expiry],
  exports: [Purchasing, PurchaseReader, PointsReader, Expiry],
})
export class LoyaltyModule implements OnModuleInit {
  constructor(private readonly proof: LedgerProof) {}

  onModuleInit(): void {
    this.proof.add(PURCHASE_RULES);
  }
}
