import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { MergingModule } from '../loyalty/merging/merging.module.js';
import { ClaimsModule } from '../loyalty/claims/claims.module.js';
import { PapersModule } from '../papers/papers.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { StationsModule } from '../stations/stations.module.js';
import { AccessController } from './access/access.controller.js';
import { ContactController } from './access/contact.controller.js';
import { AccessPages } from './access/access-pages.service.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { AuditController } from './audit.controller.js';
import { BatchesController } from './batches.controller.js';
import { CallbacksDeskModule } from './callbacks/callbacks-desk.module.js';
import { CompaniesDeskModule } from './companies/companies-desk.module.js';
import { OrdersDeskModule } from './orders/orders-desk.module.js';
import { BooksPage } from './books-page.service.js';
import { CardPages } from './card-pages.service.js';
import { CardsController } from './cards.controller.js';
import { CardCareController } from './care/card-care.controller.js';
import { CardCareDesk } from './care/card-care-desk.service.js';
import { CustomerList } from './customer-list.service.js';
import { CustomerPage } from './customer-page.service.js';
import { CustomersController } from './customers.controller.js';
import { FrontDesk } from './front-desk.service.js';
import { HotlineController } from './hotline/hotline.controller.js';
import { LedgerController } from './ledger.controller.js';
import { MergesController } from './merging/merges.controller.js';
import { MergePages } from './merging/merge-pages.service.js';
import { TemplatesController } from './papers/templates.controller.js';
import { TemplatePages } from './papers/template-pages.service.js';
import { PromotionsDeskModule } from './promotions/promotions-desk.module.js';
import { PurchasePages } from './purchase-pages.service.js';
import { PurchasesController } from './purchases.controller.js';
import { ActivationQueries } from './queries/activations.queries.js';
import { AuditQueries } from './queries/audit.queries.js';
import { BooksQueries } from './queries/books.queries.js';
import { CareQueries } from './queries/care.queries.js';
import { CardQueries } from './queries/cards.queries.js';
import { MergeQueries } from './merging/merge.queries.js';
import { CustomerPageQueries } from './queries/customer.queries.js';
import { CustomerQueries } from './queries/customers.queries.js';
import { PurchaseQueries } from './queries/purchases.queries.js';
import { StaffQueries } from './queries/staff.queries.js';
import { StationQueries } from './queries/stations.queries.js';
import { TodayQueries } from './queries/today.queries.js';
import { ReportsModule } from './reports/reports.module.js';
import { ClaimReviewsController } from './receipts/claim-reviews.controller.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { ReceiptQueries } from './receipts/receipts.queries.js';
import { SimsDeskModule } from './sims/sims-desk.module.js';
import { SearchController } from './search.controller.js';
import { StaffController } from './staff.controller.js';
import { StationTills } from './tills/station-tills.service.js';
import { TillsController } from './tills/tills.controller.js';
import { StationPages } from './station-pages.service.js';
import { StationsController } from './stations.controller.js';
import { TerminalsController } from './terminals.controller.js';
import { TariffsDeskModule } from './tariffs/tariffs-desk.module.js';
import { TodayBoard } from './today-board.service.js';
import { Waiting } from './waiting.service.js';
import { TodayController } from './today.controller.js';

@Module({
  imports: [
    AuditModule,
    AuthModule,
    LedgerModule,
    StationsModule,
    CardsModule,
    CustomersModule,
    MergingModule,
    PromotionsDeskModule,
    ReportsModule,
    AlertsModule,
    CallbacksDeskModule,
    ClaimsModule,
    PapersModule,
    TariffsDeskModule,
    SimsDeskModule,
    OrdersDeskModule,
    CompaniesDeskModule,
  ],
  controllers: [
    TodayController,
    SearchController,
    CustomersController,
    AccessController,
    TemplatesController,
    ContactController,
    PurchasesController,
    BatchesController,
    CardsController,
    CardCareController,
    MergesController,
    StationsController,
    TerminalsController,
    TillsController,
    StaffController,
    AuditController,
    LedgerController,
    HotlineController,
    ReceiptsController,
    ClaimReviewsController,
  ],
  providers: [
    StationTills,
    ...[TodayBoard, FrontDesk, CustomerList, CustomerPage, PurchasePages, CardPages, StationPages, BooksPage],
    ...[TodayQueries, CustomerQueries, CustomerPageQueries, PurchaseQueries, ActivationQueries, CardQueries],
    ReceiptQueries,
    AccessPages,
    Waiting,
    TemplatePages,
    ...[StationQueries, StaffQueries, AuditQueries, BooksQueries],
    ...[CareQueries, CardCareDesk, MergeQueries, MergePages],
  ],
})
export class BackofficeModule {}
