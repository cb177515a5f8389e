import { Controller, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Layout } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { Promotions, type PromotionStep } from '../../loyalty/promotions/promotions.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { PromotionPages } from './promotion-pages.service.js';

/** From the draft to the end. */
@Controller('admin/promotions/:id')
@Roles('admin', 'manager')
@Layout('backoffice')
export class PromotionStepsController {
  constructor(
    private readonly pages: PromotionPages,
    private readonly promotions: Promotions,
  ) {}

  @Post('publication')
  @FormPage('backoffice/promotions/promotion', (it: PromotionStepsController, req) => it.show(req))
  publish(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    return this.take(id, 'published', clerk);
  }

  @Post('pause')
  @FormPage('backoffice/promotions/promotion', (it: PromotionStepsController, req) => it.show(req))
  pause(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    return this.take(id, 'paused', clerk);
  }

  @Post('resumption')
  @FormPage('backoffice/promotions/promotion', (it: PromotionStepsController, req) => it.show(req))
  resume(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    return this.take(id, 'resumed', clerk);
  }

  @Post('end')
  @FormPage('backoffice/promotions/promotion', (it: PromotionStepsController, req) => it.show(req))
  end(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    return this.take(id, 'ended', clerk);
  }

  show(@Req() req: Request): Promise<object> {
    return this.pages.show(String(req.params['id']), req.language);
  }

  private async take(id: string, step: PromotionStep, clerk: Actor): Promise<SeeOther> {
    await this.promotions.takeStep(id, step, clerk);
    return seeOther(`/admin/promotions/${id}`, `promotions:done.${step}`);
  }
}
