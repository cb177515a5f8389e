import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { SimsModule } from '../../sims/sims.module.js';
import { OrdersModule } from '../../orders/orders.module.js';
import { PapersModule } from '../../papers/papers.module.js';
import { AuditModule } from '../../audit/audit.module.js';
import { StockQueries } from '../sims/stock.queries.js';
import { CourierSheetController } from './courier-sheet.controller.js';
import { OrderPilesController } from './order-piles.controller.js';
import { EsimCodeController } from './esim-code.controller.js';
import { OrderCardsController } from './order-cards.controller.js';
import { LateRefusalController } from './late-refusal.controller.js';
import { OrderEntryController } from './order-entry.controller.js';
import { OrderEntryPages } from './order-entry-pages.service.js';
import { OrderBoard } from './order-board.service.js';
import { OrderBoardQueries } from './order-board.queries.js';
import { OrderListPages } from './order-list-pages.service.js';
import { OrderListQueries } from './order-list.queries.js';
import { OrderSurroundings } from './order-surroundings.service.js';
import { OrderPages } from './order-pages.service.js';
import { OrderQueries } from './order.queries.js';
import { CustomerOrders } from './customer-orders.service.js';
import { OrdersToday } from './orders-today.service.js';
import { OrderSmsController } from './sms/order-sms.controller.js';
import { OrderSmsPages } from './sms/order-sms-pages.service.js';
import { SmsTemplatesController } from './sms/sms-templates.controller.js';
import { OrdersController } from './orders.controller.js';

@Module({
  imports: [AuditModule, AuthModule, OrdersModule, PapersModule, SimsModule],
  // Fixed addresses come before those of orders.
  controllers: [
    ...[OrderPilesController, CourierSheetController, SmsTemplatesController, OrderEntryController],
    ...[OrdersController, OrderCardsController, OrderSmsController, LateRefusalController, EsimCodeController],
  ],
  providers: [
    ...[OrderListPages, OrderBoard, OrderPages, OrderListQueries, OrderBoardQueries, OrderQueries],
    ...[OrderEntryPages, OrderSurroundings, StockQueries, OrderSmsPages, OrdersToday, CustomerOrders],
  ],
  exports: [OrdersToday, CustomerOrders, OrderListQueries],
})
export class OrdersDeskModule {}
