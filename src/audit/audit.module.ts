import { Module } from '@nestjs/common';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { AuditLog } from './audit-log.service.js';
import { EventData } from './own-data/event-data.service.js';

@Module({ imports: [PersonalDataModule], providers: [AuditLog, EventData], exports: [AuditLog] })
export class AuditModule {}
