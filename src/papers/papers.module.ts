import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { PaperData } from './own-data/paper-data.service.js';
import { PaperDrawing } from './paper-drawing.service.js';
import { Papers } from './papers.service.js';
import { PaperTemplates } from './paper-templates.service.js';

@Module({
  imports: [AuditModule, CustomersModule, PersonalDataModule],
  providers: [PaperData, PaperDrawing, Papers, PaperTemplates],
  exports: [PaperDrawing, Papers, PaperTemplates],
})
export class PapersModule {}
