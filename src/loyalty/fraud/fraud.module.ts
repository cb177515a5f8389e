import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { FraudAlerts } from './fraud-alerts.service.js';
import { FraudWatch } from './fraud-watch.service.js';
import { VelocityLimits } from './velocity-limits.service.js';

@Module({
  imports: [AuditModule],
  providers: [FraudWatch, FraudAlerts, VelocityLimits],
  exports: [FraudWatch, FraudAlerts, VelocityLimits],
})
export class FraudModule {}
