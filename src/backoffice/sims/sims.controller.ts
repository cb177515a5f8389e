import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { viewer } from '../../infra/web/viewer.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { SimDesk } from './sim-desk.service.js';
import { MoveDto, WriteOffDto } from './sim-forms.js';
import { SimPages } from './sim-pages.service.js';

const again = (it: SimsController, req: Request): Promise<object> => it.show(String(req.params['id']), req);

/** The list of SIM cards and one of them. */
@Controller('admin/sims')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class SimsController {
  constructor(
    private readonly pages: SimPages,
    private readonly desk: SimDesk,
  ) {}

  @Get()
  @Page('backoffice/sims/list', 'backoffice')
  list(@Req() req: Request): Promise<object> {
    return this.pages.list(req.query, viewer(req)?.role);
  }

  @Get(':id')
  @Page('backoffice/sims/sim', 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.pages.sim(id, viewer(req)?.role);
  }

  @Post(':id/moves')
  @FormPage('backoffice/sims/sim', again)
  async move(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.moveOne(id, validateForm(MoveDto, body), clerk);
    return seeOther(`/admin/sims/${id}`, 'sims:done.moved');
  }

  @Post(':id/write-offs')
  @Roles('admin', 'manager')
  @FormPage('backoffice/sims/sim', again)
  async writeOff(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.writeOffOne(id, validateForm(WriteOffDto, body), clerk);
    return seeOther(`/admin/sims/${id}`, 'sims:done.written_off');
  }

  @Post(':id/restocks')
  @Roles('admin', 'manager')
  @FormPage('backoffice/sims/sim', again)
  async restock(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.restock(id, clerk);
    return seeOther(`/admin/sims/${id}`, 'sims:done.restocked');
  }
}
