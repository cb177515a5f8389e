import { Module } from '@nestjs/common';
import { OrdersModule } from '../../orders/orders.module.js';
import { PapersModule } from '../../papers/papers.module.js';
import { AuditModule } from '../../audit/audit.module.js';
import { StockQueries } from '../sims/stock.queries.js';
import { CourierSheetController } from './courier-sheet.controller.js';
import { OrderPilesController } from './order-piles.controller.js';
import { OrderCardsController } from './order-cards.controller.js';
import { LateRefusalController } from './late-refusal.controller.js';
import { OrderEntryController } from './order-entry.controller.js';
import { OrderEntryPages } from './order-entry-pages.service.js';
import { OrderListPages } from './order-list-pages.service.js';
import { OrderListQueries } from './order-list.queries.js';
import { OrderSurroundings } from './order-surroundings.service.js';
import { OrderPages } from './order-pages.service.js';
import { OrderQueries } from './order.queries.js';
import { OrdersController } from './orders.controller.js';

@Module({
  imports: [AuditModule, OrdersModule, PapersModule],
  // Fixed addresses come before those of orders.
  controllers: [
    ...[OrderPilesController, CourierSheetController, OrderEntryController, OrdersController],
    ...[OrderCardsController, LateRefusalController],
  ],
  providers: [
    ...[OrderListPages, OrderPages, OrderListQueries, OrderQueries],
    ...[OrderEntryPages, OrderSurroundings, StockQueries],
  ],
})
export class OrdersDeskModule {}
