import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { PromotionsModule } from '../../loyalty/promotions/promotions.module.js';
import { PromotionPages } from './promotion-pages.service.js';
import { PromotionStepsController } from './promotion-steps.controller.js';
import { PromotionsController } from './promotions.controller.js';
import { PromotionQueries } from './promotions.queries.js';
import { SegmentsController } from './segments.controller.js';

@Module({
  imports: [AuthModule, PromotionsModule],
  controllers: [SegmentsController, PromotionsController, PromotionStepsController],
  providers: [PromotionPages, PromotionQueries],
})
export class PromotionsDeskModule {}
