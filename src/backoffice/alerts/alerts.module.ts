import { Module } from '@nestjs/common';
import { FraudModule } from '../../loyalty/fraud/fraud.module.js';
import { AlertPages } from './alert-pages.service.js';
import { AlertQueries } from './alert.queries.js';
import { AlertsController } from './alerts.controller.js';
import { LimitsController } from './limits.controller.js';

@Module({
  imports: [FraudModule],
  // The limits' address before that of an alert.
  controllers: [LimitsController, AlertsController],
  providers: [AlertPages, AlertQueries],
  exports: [AlertQueries],
})
export class AlertsModule {}
