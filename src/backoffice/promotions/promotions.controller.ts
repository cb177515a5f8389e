import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { Promotions } from '../../loyalty/promotions/promotions.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { PromotionPages } from './promotion-pages.service.js';

@Controller('admin/promotions')
@Roles('admin', 'manager')
@Layout('backoffice')
export class PromotionsController {
  constructor(
    private readonly pages: PromotionPages,
    private readonly promotions: Promotions,
  ) {}

  @Get()
  @Page('backoffice/promotions/list', 'backoffice')
  list(@Req() req: Request): Promise<object> {
    return this.pages.list(req.language);
  }

  @Get('new')
  @Page('backoffice/promotions/new', 'backoffice')
  newPromotion(@Req() req: Request): Promise<object> {
    return this.pages.builder(req.language, null, req.body);
  }

  @Post()
  @FormPage('backoffice/promotions/new', (it: PromotionsController, req) => it.newPromotion(req))
  async draft(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const id = await this.promotions.draftPromotion(await this.pages.readTerms(body), clerk);
    return seeOther(`/admin/promotions/${id}`, 'promotions:drafted');
  }

  /** What the builder's example says of the fields as they are; changes nothing. */
  @Post('examples')
  @HttpCode(200)
  @Page('backoffice/promotions/example', 'backoffice')
  example(@Body() body: unknown, @Req() req: Request): Promise<object> {
    return this.pages.exampleFor(body, req.language);
  }

  @Get(':id')
  @Page('backoffice/promotions/promotion', 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.pages.show(id, req.language);
  }

  @Get(':id/preview')
  @Page('backoffice/promotions/preview', 'backoffice')
  preview(@Param('id', KnownId) id: string): Promise<object> {
    return this.pages.preview(id);
  }

  @Get(':id/terms')
  @Page('backoffice/promotions/edit', 'backoffice')
  edit(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.pages.edit(id, req.language, req.body);
  }

  @Post(':id/terms')
  @FormPage('backoffice/promotions/edit', (it: PromotionsController, req) => it.edit(String(req.params['id']), req))
  async change(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.promotions.findPromotion(id);
    const terms = await this.pages.readTerms(body);
    await this.promotions.changePromotion(id, Number((body as { version?: string }).version), terms, clerk);
    return seeOther(`/admin/promotions/${id}`, 'promotions:changed');
  }
}
