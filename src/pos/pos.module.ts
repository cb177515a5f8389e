import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { LoyaltyModule } from '../loyalty/loyalty.module.js';
import { StationsModule } from '../stations/stations.module.js';
import { AfterSaleCalls } from './after-sale/after-sale-calls.service.js';
import { AfterSaleController } from './after-sale/after-sale.controller.js';
import { AfterSaleDesk } from './after-sale/after-sale-desk.service.js';
import { BatchDesk } from './batches/batch-desk.service.js';
import { BatchesController } from './batches/batches.controller.js';
import { PurchaseKeys } from './batches/purchase-keys.service.js';
import { CardFinder } from './card-finder.service.js';
import { CardDesk } from './card-desk.service.js';
import { CardLookUp } from './card-look-up.service.js';
import { CardsController } from './cards.controller.js';
import { ApiDocs } from './docs/api-docs.service.js';
import { ApiDocsController } from './docs/api-docs.controller.js';
import { Idempotency } from './idempotency.service.js';
import { KeyedWrites } from './keyed-writes.service.js';
import { PurchaseCalls } from './purchase-call.service.js';
import { PurchaseDesk } from './purchase-desk.service.js';
import { PurchaseViewer } from './purchase-viewer.service.js';
import { PurchasesController } from './purchases.controller.js';
import { QuoteDesk } from './quote-desk.service.js';
import { UnknownCards } from './unknown-cards.service.js';

/** The API of cash registers: thin over loyalty and cards. */
@Module({
  imports: [AuthModule, StationsModule, CardsModule, LoyaltyModule],
  controllers: [CardsController, PurchasesController, AfterSaleController, BatchesController, ApiDocsController],
  providers: [
    ...[CardDesk, CardFinder, CardLookUp, PurchaseDesk, QuoteDesk, PurchaseViewer],
    ...[AfterSaleCalls, AfterSaleDesk, BatchDesk, PurchaseKeys],
    ApiDocs,
    ...[PurchaseCalls, UnknownCards, Idempotency, KeyedWrites],
  ],
  exports: [ApiDocs, CardDesk, CardLookUp, PurchaseDesk, QuoteDesk],
})
export class PosModule {}
