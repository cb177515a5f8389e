import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { PaperDrawing } from './paper-drawing.service.js';
import { Papers } from './papers.service.js';
import { PaperTemplates } from './paper-templates.service.js';

@Module({
  imports: [AuditModule],
  providers: [PaperDrawing, Papers, PaperTemplates],
  exports: [PaperDrawing, Papers, PaperTemplates],
})
export class PapersModule {}
