import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { WebModule } from '../infra/web/web.module.js';
import { DeletionController } from './deletion/deletion.controller.js';
import { Deletions } from './deletion/deletions.service.js';
import { DataExport } from './export/data-export.service.js';
import { ExportController } from './export/export.controller.js';

@Module({
  imports: [AuditModule, AuthModule, PersonalDataModule, WebModule],
  controllers: [DeletionController, ExportController],
  providers: [DataExport, Deletions],
  exports: [Deletions],
})
export class PrivacyModule {}
