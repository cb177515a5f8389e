import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { FraudModule } from '../../loyalty/fraud/fraud.module.js';
import { AlertPages } from './alert-pages.service.js';
import { AlertQueries } from './alert.queries.js';
import { AlertsController } from './alerts.controller.js';
import { AlarmsController } from './alarms.controller.js';
import { LimitsController } from './limits.controller.js';

@Module({
  imports: [AuthModule, FraudModule],
  // The limits' address before that of an alert.
  controllers: [LimitsController, AlarmsController, AlertsController],
  providers: [AlertPages, AlertQueries],
  exports: [AlertQueries],
})
export class AlertsModule {}
