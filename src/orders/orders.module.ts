import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { SimsModule } from '../sims/sims.module.js';
import { TariffsModule } from '../tariffs/tariffs.module.js';
import { OrderApplications } from './application/order-applications.service.js';
import { OrderFollowers } from './application/order-followers.service.js';
import { OrderLimits } from './application/order-limits.service.js';
import { OrderRegister } from './application/order-register.service.js';
import { OrderLinks } from './order-links.service.js';
import { OrderMoves } from './order-moves.service.js';
import { OrderNotices } from './order-notices.service.js';

/** Applications for SIM cards, from the tariff page to the live number. */
@Module({
  imports: [AuditModule, AuthModule, NotificationsModule, SimsModule, TariffsModule],
  providers: [OrderApplications, OrderFollowers, OrderLimits, OrderRegister, OrderLinks, OrderMoves, OrderNotices],
  exports: [OrderApplications, OrderFollowers, OrderLinks],
})
export class OrdersModule {}
