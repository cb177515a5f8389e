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
import { EndingDto, PortDto, ReplacementDto } from './line.dto.js';

const SIM = 'backoffice/lines/actions/sim';
const PORT = 'backoffice/lines/actions/port';
const END = 'backoffice/lines/actions/end';
const idIn = (req: Request): string => String(req.params['id']);

/** Another card for a number, another number for a line, and its end. */
@Controller('admin/lines/:id')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class LineCardsController {
  constructor(
    private readonly pages: LineActionPages,
    private readonly desk: LineDesk,
  ) {}

  @Get('sim')
  @Page(SIM, 'backoffice')
  showSim(@Param('id', KnownId) id: string, @Query() query: PageQuery): Promise<object> {
    return this.pages.sim(id, query);
  }

  @Post('sim')
  @FormPage(SIM, (it: LineCardsController, req) => it.showSim(idIn(req), {}))
  async replaceSim(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.replaceSim(id, validateForm(ReplacementDto, body), clerk);
    return seeOther(`${LIST}/${id}`, 'line-desk:asked');
  }

  @Get('port')
  @Page(PORT, 'backoffice')
  showPort(@Param('id', KnownId) id: string, @Req() { language }: Request): Promise<object> {
    return this.pages.port(id, language);
  }

  @Post('port')
  @FormPage(PORT, (it: LineCardsController, req) => it.showPort(idIn(req), req))
  async portIn(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.portIn(id, validateForm(PortDto, body), clerk);
    return seeOther(`${LIST}/${id}`, 'line-desk:asked');
  }

  @Get('end')
  @Page(END, 'backoffice')
  showEnd(@Param('id', KnownId) id: string): Promise<object> {
    return this.pages.plain(id, 'end');
  }

  @Post('end')
  @FormPage(END, (it: LineCardsController, req) => it.showEnd(idIn(req)))
  async end(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.end(id, validateForm(EndingDto, body), clerk);
    return seeOther(`${LIST}/${id}`, 'line-desk:ended');
  }
}
