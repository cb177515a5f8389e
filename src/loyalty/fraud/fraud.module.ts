import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { FraudAlerts } from './fraud-alerts.service.js';
import { FraudWatch } from './fraud-watch.service.js';
import { VelocityBlocks } from './velocity-blocks.service.js';
import { VelocityLimits } from './velocity-limits.service.js';

@Module({
  imports: [AuditModule],
  providers: [FraudWatch, FraudAlerts, VelocityLimits, VelocityBlocks],
  exports: [FraudWatch, FraudAlerts, VelocityLimits, VelocityBlocks],
})
export class FraudModule {}
