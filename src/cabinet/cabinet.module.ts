import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { ClaimsModule } from '../loyalty/claims/claims.module.js';
import { OperationsModule } from '../infra/health/operations.module.js';
import { LinesModule } from '../lines/lines.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { LoyaltyModule } from '../loyalty/loyalty.module.js';
import { BurningPages } from './burning-page.service.js';
import { CardPages } from './card-pages.service.js';
import { CabinetCardsController } from './cards.controller.js';
import { CardCareController } from './care/card-care.controller.js';
import { CardCareDesk } from './care/card-care-desk.service.js';
import { CardNameController } from './naming/card-name.controller.js';
import { ClaimQueries } from './claims/claims.queries.js';
import { ClaimsController } from './claims/claims.controller.js';
import { CompanyController } from './company/company.controller.js';
import { CompanyPages } from './company/company-pages.service.js';
import { HomeController } from './home.controller.js';
import { HomePages } from './home-page.service.js';
import { LinePages } from './lines/line-pages.service.js';
import { LineQueries } from './lines/line.queries.js';
import { CabinetLinesController } from './lines/lines.controller.js';
import { OwnOrderQueries } from './orders/order.queries.js';
import { CabinetOrdersController } from './orders/orders.controller.js';
import { OperationPages } from './operation-page.service.js';
import { DeviceCardController } from './phone/device-card.controller.js';
import { LiveController } from './phone/live.controller.js';
import { LivePoints } from './phone/live-points.service.js';
import { PhoneController } from './phone/phone.controller.js';
import { PhoneParts } from './phone/phone-part.service.js';
import { PointsController } from './points.controller.js';
import { BurningQueries } from './queries/burning.queries.js';
import { CardQueries } from './queries/cards.queries.js';
import { HomeQueries } from './queries/home.queries.js';
import { LiveQueries } from './queries/live.queries.js';
import { OperationDetailQueries } from './queries/operation.queries.js';
import { OperationQueries } from './queries/operations.queries.js';
import { OverviewQueries } from './queries/overview.queries.js';
import { OrdersModule } from '../orders/orders.module.js';
import { PapersModule } from '../papers/papers.module.js';
import { CabinetPapersController } from './papers/papers.controller.js';
import { PromotionsModule } from '../loyalty/promotions/promotions.module.js';
import { CabinetPromotionsController } from './promotions/promotions.controller.js';
import { Reissues } from './reissues.service.js';
import { StatementExport } from './statement-export.service.js';
import { StatementPages } from './statement-page.service.js';

/** The customer's pages that join several rooms: balance, operations, cards. */
@Module({
  imports: [
    AuthModule,
    CardsModule,
    CustomersModule,
    LoyaltyModule,
    OperationsModule,
    PromotionsModule,
    ClaimsModule,
    LinesModule,
    PapersModule,
    OrdersModule,
    PrivacyModule,
  ],
  controllers: [
    // The fixed addresses under /cabinet/cards come before those of card numbers.
    ...[HomeController, PointsController, PhoneController, LiveController, DeviceCardController],
    ...[CabinetCardsController, CardCareController, CardNameController],
    ...[CabinetPromotionsController, ClaimsController, CabinetLinesController, CabinetPapersController],
    ...[CabinetOrdersController, CompanyController],
  ],
  providers: [
    ...[HomePages, StatementPages, StatementExport, OperationPages, BurningPages, CardPages, Reissues, CardCareDesk],
    ...[HomeQueries, OverviewQueries, OperationQueries, OperationDetailQueries, BurningQueries, CardQueries],
    ClaimQueries,
    ...[PhoneParts, LivePoints, LiveQueries],
    ...[LinePages, LineQueries, OwnOrderQueries, CompanyPages],
  ],
})
export class CabinetModule {}
