import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ClockModule } from './infra/clock/clock.module.js';
import type { Config } from './infra/config/config.js';
import { ConfigModule } from './infra/config/config.module.js';
import { DatabaseModule } from './infra/database/database.module.js';
import { OperationsModule } from './infra/health/operations.module.js';
import { loggingModule } from './infra/logging/logging.js';
import { OutboxModule } from './infra/outbox/outbox.module.js';
import { QueueModule } from './infra/queue/queue.module.js';
import { ScheduleModule } from './infra/schedule/schedule.module.js';
import { StartModule } from './infra/start/start.module.js';
import { WebModule } from './infra/web/web.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { CabinetModule } from './cabinet/cabinet.module.js';
import { CardsModule } from './cards/cards.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { ClaimsModule } from './loyalty/claims/claims.module.js';
import { LinesModule } from './lines/lines.module.js';
import { LoyaltyModule } from './loyalty/loyalty.module.js';
import { DemoModule } from './demo/demo.module.js';
import { IvrModule } from './pos/ivr/ivr.module.js';
import { PapersModule } from './papers/papers.module.js';
import { PosModule } from './pos/pos.module.js';
import { TillModule } from './pos/till/till.module.js';
import { CallbacksModule } from './support/callbacks/callbacks.module.js';
import { StationsModule } from './stations/stations.module.js';
import { TariffsModule } from './tariffs/tariffs.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { SimsModule } from './sims/sims.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { BackofficeModule } from './backoffice/backoffice.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { SiteModule } from './site/site.module.js';
import { SCHEDULE } from './schedules.js';

/** The table of contents: one line a room. */
@Module({})
export class AppModule {
  static async for(config: Config, logger: Logger): Promise<DynamicModule> {
    return {
      module: AppModule,
      imports: [
        ConfigModule.for(config),
        loggingModule(logger),
        await DatabaseModule.for(config),
        ClockModule.for(config),
        QueueModule,
        OutboxModule,
        ScheduleModule.for(SCHEDULE),
        OperationsModule,
        StartModule,
        WebModule,
        AuditModule,
        LedgerModule,
        NotificationsModule,
        AuthModule,
        CustomersModule,
        StationsModule,
        TariffsModule,
        TasksModule,
        CardsModule,
        PapersModule,
        LoyaltyModule,
        LinesModule,
        ClaimsModule,
        CallbacksModule,
        PrivacyModule,
        PosModule,
        IvrModule,
        TillModule,
        SiteModule,
        CabinetModule,
        SimsModule,
        OrdersModule,
        BackofficeModule,
        ...(config.demo ? [DemoModule] : []),
      ],
    };
  }
}
