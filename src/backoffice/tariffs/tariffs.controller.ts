import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { TariffDrafts } from '../../tariffs/tariff-drafts.service.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';
import { TariffDesk } from './tariff-desk.service.js';
import { readPlace, readRevision, readTerms } from './tariff.form.js';
import { TariffList } from './tariff-list.service.js';

/** Everybody on the staff reads the tariffs; managers write them. */
@Controller('admin/tariffs')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator', 'accountant')
@Layout('backoffice')
export class TariffsDeskController {
  constructor(
    private readonly tariffs: TariffList,
    private readonly desk: TariffDesk,
    private readonly drafts: TariffDrafts,
  ) {}

  @Get()
  @Page('backoffice/tariffs/list', 'backoffice')
  list(@Query() query: PageQuery, @Req() req: Request): Promise<object> {
    return this.tariffs.page(query, req.language);
  }

  @Get('new')
  @Roles('admin', 'manager')
  @Page('backoffice/tariffs/new', 'backoffice')
  newTariff(@Req() req: Request): Promise<object> {
    return this.desk.newTariff(req.language);
  }

  @Post()
  @Roles('admin', 'manager')
  @FormPage('backoffice/tariffs/new', (it: TariffsDeskController, req) => it.newTariff(req))
  async draft(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const id = await this.drafts.draftTariff(readPlace(body), readTerms(body), clerk);
    return seeOther(`/admin/tariffs/${id}`, 'tariffs:admin.drafted');
  }

  @Get(':id')
  @Page('backoffice/tariffs/tariff', 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.desk.show(id, req.language);
  }

  /** In the frame of the site, as customers will see it. */
  @Get(':id/preview')
  @Page('backoffice/tariffs/preview', 'site')
  preview(@Param('id', KnownId) id: string, @Query('version') version: unknown, @Req() req: Request): Promise<object> {
    return this.desk.preview(id, version, req.language);
  }

  @Get(':id/draft')
  @Roles('admin', 'manager')
  @Page('backoffice/tariffs/edit', 'backoffice')
  edit(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.desk.edit(id, req.language);
  }

  @Post(':id/draft')
  @Roles('admin', 'manager')
  @FormPage('backoffice/tariffs/edit', (it: TariffsDeskController, req) => it.edit(String(req.params['id']), req))
  async save(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.mustExist(id);
    await this.drafts.saveDraft(id, readRevision(body), readTerms(body), clerk);
    return seeOther(`/admin/tariffs/${id}`, 'tariffs:admin.saved');
  }
}
