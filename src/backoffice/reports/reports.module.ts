import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { StationQueries } from '../queries/stations.queries.js';
import { ReportDesk } from './report-desk.service.js';
import { ReportsController } from './reports.controller.js';

@Module({
  imports: [AuditModule],
  controllers: [ReportsController],
  providers: [ReportDesk, StationQueries],
})
export class ReportsModule {}
