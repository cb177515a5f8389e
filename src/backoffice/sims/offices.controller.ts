import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { Offices } from '../../sims/offices/offices.service.js';
import { OfficeNotFound } from '../../sims/sims.errors.js';
import { Clerk } from '../clerk.js';
import { OfficeDto } from './sim-forms.js';
import { StockQueries } from './stock.queries.js';

const HOME = '/admin/sims/offices';

@Controller('admin/sims/offices')
@OnLine('telecom')
@Roles('admin', 'manager')
@Layout('backoffice')
export class OfficesController {
  constructor(
    private readonly offices: Offices,
    private readonly stock: StockQueries,
  ) {}

  @Get()
  @Page('backoffice/sims/offices', 'backoffice')
  async list(): Promise<object> {
    return { offices: await this.stock.offices() };
  }

  @Post()
  @FormPage('backoffice/sims/offices', (it: OfficesController) => it.list())
  async open(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const office = validateForm(OfficeDto, body);
    await this.offices.open(office, clerk);
    return seeOther(HOME, 'sims:offices.opened', { name: office.name });
  }

  @Get(':id')
  @Page('backoffice/sims/office', 'backoffice')
  async show(@Param('id', KnownId) id: string): Promise<object> {
    const office = await this.stock.office(id);
    if (!office) throw new OfficeNotFound();
    return { office };
  }

  @Post(':id')
  @FormPage('backoffice/sims/office', (it: OfficesController, req) => it.show(String(req.params['id'])))
  async edit(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.offices.edit(id, validateForm(OfficeDto, body), clerk);
    return seeOther(HOME, 'sims:offices.saved');
  }

  @Post(':id/closure')
  @FormPage('backoffice/sims/office', (it: OfficesController, req) => it.show(String(req.params['id'])))
  async close(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.offices.close(id, clerk);
    return seeOther(HOME, 'sims:offices.closed');
  }

  @Post(':id/reopening')
  @FormPage('backoffice/sims/office', (it: OfficesController, req) => it.show(String(req.params['id'])))
  async reopen(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.offices.reopen(id, clerk);
    return seeOther(HOME, 'sims:offices.reopened');
  }
}
