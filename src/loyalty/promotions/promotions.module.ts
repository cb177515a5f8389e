import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { ActivePromotions } from './active-promotions.service.js';
import { PromotionPreviews } from './promotion-preview.service.js';
import { Promotions } from './promotions.service.js';
import { Segments } from './segments/segments.service.js';

/** Promotions: what they give, what staff do with them, whom they are for. */
@Module({
  imports: [AuditModule],
  providers: [ActivePromotions, Promotions, PromotionPreviews, Segments],
  exports: [ActivePromotions, Promotions, PromotionPreviews, Segments],
})
export class PromotionsModule {}
