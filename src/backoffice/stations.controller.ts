import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { validateForm } from '../infra/web/form.js';
import { Roles } from '../infra/web/guards.js';
import { KnownId } from '../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../infra/web/page.js';
import { seeOther, type SeeOther } from '../infra/web/see-other.js';
import type { Actor } from '../shared/actor.js';
import { CategoryAliases } from '../stations/category-aliases.service.js';
import { StationsService } from '../stations/stations.service.js';
import { Clerk } from './clerk.js';
import { AliasesDto } from './dto/aliases.dto.js';
import { StationDto } from './dto/station.dto.js';
import { StationPages } from './station-pages.service.js';

@Controller('admin/stations')
@Roles('admin', 'manager')
@Layout('backoffice')
export class StationsController {
  constructor(
    private readonly pages: StationPages,
    private readonly stations: StationsService,
    private readonly aliases: CategoryAliases,
  ) {}

  @Get()
  @Page('backoffice/stations', 'backoffice')
  list(): Promise<object> {
    return this.pages.list();
  }

  @Get('new')
  @Page('backoffice/station-new', 'backoffice')
  newStation(): Promise<object> {
    return this.pages.newStation();
  }

  @Post()
  @FormPage('backoffice/station-new', (it: StationsController) => it.newStation())
  async open(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { id, name } = await this.stations.openStation(validateForm(StationDto, body), clerk);
    return seeOther(`/admin/stations/${id}`, 'backoffice:stations.opened', { name });
  }

  @Get(':id')
  @Page('backoffice/station', 'backoffice')
  show(@Param('id', KnownId) id: string): Promise<object> {
    return this.pages.station(id);
  }

  @Post(':id')
  @FormPage('backoffice/station', (it: StationsController, req) => it.show(String(req.params['id'])))
  async edit(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.stations.editStation(id, validateForm(StationDto, body), clerk);
    return seeOther(`/admin/stations/${id}`, 'backoffice:stations.saved');
  }

  @Post(':id/codes')
  @FormPage('backoffice/station', (it: StationsController, req) => it.show(String(req.params['id'])))
  async mapCodes(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.aliases.mapCodes(id, validateForm(AliasesDto, body), clerk);
    return seeOther(`/admin/stations/${id}#codes`, 'backoffice:stations.codesSaved');
  }

  @Post(':id/closure')
  async close(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.stations.closeStation(id, clerk);
    return seeOther(`/admin/stations/${id}`, 'backoffice:stations.closed');
  }

  @Post(':id/reopening')
  async reopen(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.stations.reopenStation(id, clerk);
    return seeOther(`/admin/stations/${id}`, 'backoffice:stations.reopened');
  }
}
