import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { ActivePromotions } from './active-promotions.service.js';
import { Promotions } from './promotions.service.js';

/** Promotions: what they give, what staff do with them, whom they are for. */
@Module({
  imports: [AuditModule],
  providers: [ActivePromotions, Promotions],
  exports: [ActivePromotions, Promotions],
})
export class PromotionsModule {}
