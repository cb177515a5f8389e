import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { WebModule } from '../../infra/web/web.module.js';
import { CallbacksModule } from '../../support/callbacks/callbacks.module.js';
import { CallbackController } from './callback.controller.js';
import { CallbackPages } from './callback-pages.service.js';
import { FormStamp } from './form-stamp.service.js';

@Module({
  imports: [AuthModule, WebModule, CallbacksModule],
  controllers: [CallbackController],
  providers: [CallbackPages, FormStamp],
  exports: [FormStamp],
})
export class SiteCallbacksModule {}
