import { Module } from '@nestjs/common';
import { OrdersModule } from '../../orders/orders.module.js';
import { PapersModule } from '../../papers/papers.module.js';
import { AuditModule } from '../../audit/audit.module.js';
import { CourierSheetController } from './courier-sheet.controller.js';
import { OrderPilesController } from './order-piles.controller.js';
import { OrderCardsController } from './order-cards.controller.js';
import { OrderListPages } from './order-list-pages.service.js';
import { OrderListQueries } from './order-list.queries.js';
import { OrderPages } from './order-pages.service.js';
import { OrderQueries } from './order.queries.js';
import { OrdersController } from './orders.controller.js';

@Module({
  imports: [AuditModule, OrdersModule, PapersModule],
  // Fixed addresses come before those of orders.
  controllers: [OrderPilesController, CourierSheetController, OrdersController, OrderCardsController],
  providers: [OrderListPages, OrderPages, OrderListQueries, OrderQueries],
})
export class OrdersDeskModule {}
