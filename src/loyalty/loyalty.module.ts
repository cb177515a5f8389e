import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { LedgerProof } from '../ledger/ledger-proof.service.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { WebModule } from '../infra/web/web.module.js';
import { ActivationController } from './activation/activation.controller.js';
import { Activation } from './activation/activation.service.js';
import { ActivationDesk } from './activation/activation-desk.service.js';
import { Applications } from './activation/applications.service.js';
import { Newcomers } from './activation/newcomers.service.js';
import { Possession } from './activation/possession.service.js';
import { VirtualCardController } from './activation/virtual-card.controller.js';
import { VirtualCards } from './activation/virtual-cards.service.js';
import { HeldPurchases } from './after-sale/held-purchases.service.js';
import { HoldRelease } from './after-sale/hold-release.service.js';
import { LockedPurchases } from './after-sale/locked-purchases.service.js';
import { RefundRegister } from './after-sale/refund-register.service.js';
import { Refunds } from './after-sale/refunds.service.js';
import { LoyaltyData } from './own-data/loyalty-data.service.js';
import { Expiry } from './expiry.service.js';
import { PromotionsModule } from './promotions/promotions.module.js';
import { PointsReader } from './points-reader.service.js';
import { PURCHASE_RULES } from './purchase-proof.js';
import { PurchaseReader } from './purchase-reader.service.js';
import { FraudModule } from './fraud/fraud.module.js';
import { PurchaseLookUp } from './purchase-look-up.service.js';
import { Purchasing } from './purchasing.service.js';
import { BurnReminders } from './reminders/burn-reminders.service.js';
import { ReminderComposer } from './reminders/reminder-composer.service.js';
import { ReceiptRegister } from './receipt-register.service.js';
import { SpendingModule } from './spending/spending.module.js';

const activation = [Activation, ActivationDesk, Applications, Newcomers, Possession, VirtualCards];
const afterSale = [HeldPurchases, HoldRelease, LockedPurchases, RefundRegister, Refunds];
const reminders = [BurnReminders, ReminderComposer];

@Module({
  imports: [
    ...[AuditModule, AuthModule, CardsModule, CustomersModule, LedgerModule, NotificationsModule, WebModule],
    ...[PersonalDataModule, FraudModule, PromotionsModule, SpendingModule],
  ],
  controllers: [ActivationController, VirtualCardController],
  providers: [
    ...[...activation, ...afterSale, ...reminders],
    ...[LoyaltyData, Purchasing, PurchaseLookUp, PurchaseReader, ReceiptRegister, PointsReader, Expiry],
  ],
  exports: [
    ...[Purchasing, PurchaseReader, PointsReader, Expiry, VirtualCards, SpendingModule],
    ...[HeldPurchases, HoldRelease, Refunds],
  ],
})
export class LoyaltyModule implements OnModuleInit {
  constructor(private readonly proof: LedgerProof) {}

  onModuleInit(): void {
    this.proof.add(PURCHASE_RULES);
  }
}
