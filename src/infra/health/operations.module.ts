import { Module } from '@nestjs/common';
import { Metrics } from '../metrics/metrics.js';
import { MetricsController } from '../metrics/metrics.controller.js';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';

/** What those who run the product look at. */
@Module({
  controllers: [HealthController, MetricsController],
  providers: [Readiness, Metrics],
  exports: [Metrics, Readiness],
})
export class OperationsModule {}
