import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { LinesModule } from '../lines/lines.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { PapersModule } from '../papers/papers.module.js';
import { SimsModule } from '../sims/sims.module.js';
import { CallbacksModule } from '../support/callbacks/callbacks.module.js';
import { TariffsModule } from '../tariffs/tariffs.module.js';
import { CabinetOrders } from './application/cabinet-orders.service.js';
import { KnownCustomers } from './application/known-customers.service.js';
import { OpenTariffs } from './application/open-tariffs.service.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { OrderApplications } from './application/order-applications.service.js';
import { OrderConsents } from './application/order-consents.service.js';
import { OrderFollowers } from './application/order-followers.service.js';
import { OrderLimits } from './application/order-limits.service.js';
import { OrderOffers } from './application/order-offers.service.js';
import { OrderProposals } from './application/order-proposals.service.js';
import { OrderRegister } from './application/order-register.service.js';
import { OrderWriter } from './application/order-writer.service.js';
import { OrderDesk } from './desk/order-desk.service.js';
import { OrderEdits } from './desk/order-edits.service.js';
import { OrderPiles } from './desk/order-piles.service.js';
import { OrderPapers } from './desk/order-papers.service.js';
import { OrderSims } from './desk/order-sims.service.js';
import { StaffOrders } from './desk/staff-orders.service.js';
import { OrderPurge } from './forgetting/order-purge.service.js';
import { Activations } from './hand-over/activations.service.js';
import { HandOver } from './hand-over/hand-over.service.js';
import { LateRefusals } from './hand-over/late-refusals.service.js';
import { Receivers } from './hand-over/receivers.service.js';
import { OrderLinks } from './order-links.service.js';
import { OrderData } from './own-data/order-data.service.js';
import { OrderSmsTemplates } from './sms/order-sms-templates.service.js';
import { OrderSmsLog } from './sms/order-sms-log.service.js';
import { OrderSmsWords } from './sms/order-sms-words.service.js';
import { OrderSms } from './sms/order-sms.service.js';
import { OrderMoves } from './order-moves.service.js';
import { OrderNotices } from './order-notices.service.js';

/** Applications for SIM cards, from the tariff page to the live number. */
@Module({
  imports: [
    ...[AuditModule, AuthModule, LedgerModule, NotificationsModule, TariffsModule, CustomersModule],
    ...[PapersModule, LinesModule, SimsModule, CallbacksModule, PersonalDataModule, TasksModule],
  ],
  providers: [
    ...[OrderApplications, CabinetOrders, OrderFollowers, OrderLimits, OrderRegister, OrderWriter, OrderConsents],
    ...[OpenTariffs, OrderOffers, OrderProposals, KnownCustomers, OrderLinks, OrderMoves, OrderNotices],
    ...[OrderDesk, OrderEdits, StaffOrders, OrderPiles, OrderSims, OrderPapers],
    ...[HandOver, Activations, LateRefusals, Receivers, OrderPurge, OrderData],
    ...[OrderSmsTemplates, OrderSmsWords, OrderSmsLog, OrderSms],
  ],
  exports: [
    ...[OrderApplications, CabinetOrders, OrderFollowers, OpenTariffs, OrderOffers, OrderProposals],
    ...[KnownCustomers, OrderLinks],
    ...[OrderDesk, OrderEdits, StaffOrders, OrderPiles, OrderSims, OrderPapers],
    ...[HandOver, Activations, LateRefusals, OrderPurge],
    ...[OrderSmsTemplates, OrderSmsWords, OrderSmsLog, OrderSms],
  ],
})
export class OrdersModule {}
