import { Module } from '@nestjs/common';
import { CallbacksModule } from '../../support/callbacks/callbacks.module.js';
import { AuditQueries } from '../queries/audit.queries.js';
import { CallbackPages } from './callback-pages.service.js';
import { CallbackQueries } from './callback.queries.js';
import { CallbacksController } from './callbacks.controller.js';

@Module({
  imports: [CallbacksModule],
  controllers: [CallbacksController],
  providers: [CallbackPages, CallbackQueries, AuditQueries],
  exports: [CallbackQueries],
})
export class CallbacksDeskModule {}
