import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { ActivePromotions } from './active-promotions.service.js';
import { PromotionBoard } from './promotion-board.service.js';
import { PromotionPreviews } from './promotion-preview.service.js';
import { Promotions } from './promotions.service.js';
import { Segments } from './segments/segments.service.js';

/** Promotions: what they give, what staff do with them, whom they are for. */
@Module({
  imports: [AuditModule],
  providers: [ActivePromotions, Promotions, PromotionPreviews, PromotionBoard, Segments],
  exports: [ActivePromotions, Promotions, PromotionPreviews, PromotionBoard, Segments],
})
export class PromotionsModule {}
