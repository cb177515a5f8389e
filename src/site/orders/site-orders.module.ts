import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { WebModule } from '../../infra/web/web.module.js';
import { OrdersModule } from '../../orders/orders.module.js';
import { TariffsModule } from '../../tariffs/tariffs.module.js';
import { SiteCallbacksModule } from '../callbacks/site-callbacks.module.js';
import { TariffPages } from '../tariffs/tariff-pages.service.js';
import { OrderController } from './order.controller.js';
import { OrderPages } from './order-pages.service.js';

@Module({
  imports: [AuthModule, WebModule, OrdersModule, TariffsModule, SiteCallbacksModule],
  controllers: [OrderController],
  providers: [OrderPages, TariffPages],
})
export class SiteOrdersModule {}
