import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { CardCareDesk } from './card-care-desk.service.js';
import { BlockDto, PlasticDto, ReplacementReasonDto } from './care-forms.js';

const again = (it: CardCareController, req: Request): Promise<object> =>
  it.ask(String(req.params['number']), (req.body as { from?: unknown } | undefined)?.from, req);

/** Block, unblock, replace: each asks on a page of its own, reached from the card's page and its owner's. */
@Controller('admin/cards/:number')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class CardCareController {
  constructor(private readonly desk: CardCareDesk) {}

  @Get('block')
  @Page('backoffice/care/block', 'backoffice')
  askBlock(@Param('number') number: string, @Query('from') from: unknown, @Req() req: Request): Promise<object> {
    return this.ask(number, from, req);
  }

  @Post('block')
  @FormPage('backoffice/care/block', again)
  async block(
    @Param('number') number: string,
    @Body() body: { from?: unknown },
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    await this.desk.block(number, validateForm(BlockDto, body).reason, clerk);
    return seeOther(await this.desk.wayBack(number, body.from), 'cards:desk.blocked');
  }

  @Get('unblock')
  @Page('backoffice/care/unblock', 'backoffice')
  askUnblock(@Param('number') number: string, @Query('from') from: unknown, @Req() req: Request): Promise<object> {
    return this.ask(number, from, req);
  }

  @Post('unblock')
  @FormPage('backoffice/care/unblock', again)
  async unblock(
    @Param('number') number: string,
    @Body('from') from: unknown,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    await this.desk.unblock(number, clerk);
    return seeOther(await this.desk.wayBack(number, from), 'cards:desk.unblocked');
  }

  @Get('replace')
  @Page('backoffice/care/replace', 'backoffice')
  askReplace(@Param('number') number: string, @Query('from') from: unknown, @Req() req: Request): Promise<object> {
    return this.ask(number, from, req);
  }

  @Post('replace')
  @FormPage('backoffice/care/replace', again)
  async replace(
    @Param('number') number: string,
    @Body() body: { from?: unknown },
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    const { next, reason } = validateForm(PlasticDto, body);
    await this.desk.replaceByPlastic(number, next, reason, clerk);
    return seeOther(await this.desk.wayBack(next, body.from), 'cards:desk.replaced');
  }

  @Get('virtual')
  @Page('backoffice/care/virtual', 'backoffice')
  askVirtual(@Param('number') number: string, @Query('from') from: unknown, @Req() req: Request): Promise<object> {
    return this.ask(number, from, req);
  }

  @Post('virtual')
  @FormPage('backoffice/care/virtual', again)
  async virtual(
    @Param('number') number: string,
    @Body() body: { from?: unknown },
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    const next = await this.desk.replaceByVirtual(number, validateForm(ReplacementReasonDto, body).reason, clerk);
    return seeOther(await this.desk.wayBack(next, body.from), 'cards:desk.replaced');
  }

  ask(number: string, from: unknown, req: Request): Promise<object> {
    return this.desk.ask(number, req.language, from);
  }
}
