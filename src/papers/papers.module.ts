import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { AbsorbedPapers } from './absorbed-papers.service.js';
import { PaperDrawing } from './paper-drawing.service.js';
import { Papers } from './papers.service.js';
import { PaperTemplates } from './paper-templates.service.js';

@Module({
  imports: [AuditModule, CustomersModule],
  providers: [AbsorbedPapers, PaperDrawing, Papers, PaperTemplates],
  exports: [PaperDrawing, Papers, PaperTemplates],
})
export class PapersModule {}
