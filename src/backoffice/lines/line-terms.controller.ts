import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';
import { LineActionPages } from './line-action-pages.service.js';
import { LineDesk } from './line-desk.service.js';
import { LIST } from './line-list-pages.service.js';
import { SuspensionDto, TariffDto } from './line.dto.js';

const SUSPENSION = 'backoffice/lines/actions/suspension';
const RESUMPTION = 'backoffice/lines/actions/resumption';
const TARIFF = 'backoffice/lines/actions/tariff';
const idIn = (req: Request): string => String(req.params['id']);

/** A number that rests, goes on, or is moved to another tariff. */
@Controller('admin/lines/:id')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class LineTermsController {
  constructor(
    private readonly pages: LineActionPages,
    private readonly desk: LineDesk,
  ) {}

  @Get('suspension')
  @Page(SUSPENSION, 'backoffice')
  showSuspension(@Param('id', KnownId) id: string): Promise<object> {
    return this.pages.plain(id, 'suspension');
  }

  @Post('suspension')
  @FormPage(SUSPENSION, (it: LineTermsController, req) => it.showSuspension(idIn(req)))
  async suspend(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.suspend(id, validateForm(SuspensionDto, body), clerk);
    return seeOther(`${LIST}/${id}`, 'line-desk:asked');
  }

  @Get('resumption')
  @Page(RESUMPTION, 'backoffice')
  showResumption(@Param('id', KnownId) id: string): Promise<object> {
    return this.pages.plain(id, 'resumption');
  }

  @Post('resumption')
  @FormPage(RESUMPTION, (it: LineTermsController, req) => it.showResumption(idIn(req)))
  async resume(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.resume(id, clerk);
    return seeOther(`${LIST}/${id}`, 'line-desk:asked');
  }

  /** `?tariff=0190…` is what was chosen to be looked at. */
  @Get('tariff')
  @Page(TARIFF, 'backoffice')
  showTariff(@Param('id', KnownId) id: string, @Query() query: PageQuery, @Req() req: Request): Promise<object> {
    return this.pages.tariff(id, query, req.language);
  }

  @Post('tariff')
  @FormPage(TARIFF, (it: LineTermsController, req) => it.showTariff(idIn(req), (req.body ?? {}) as PageQuery, req))
  async changeTariff(
    @Param('id', KnownId) id: string,
    @Body() body: unknown,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    await this.desk.changeTariff(id, validateForm(TariffDto, body), clerk);
    return seeOther(`${LIST}/${id}`, 'line-desk:asked');
  }
}
