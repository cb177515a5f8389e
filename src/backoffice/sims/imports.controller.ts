import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { SimImports } from '../../sims/import/sim-imports.service.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';
import { ImportPages } from './import-pages.service.js';
import { layoutOf } from './layout-form.js';
import { OverrideDto, UploadDto } from './sim-forms.js';

const again = (it: ImportsController, req: Request): Promise<object> => it.show(String(req.params['id']), req);

/** Operators' files: uploaded, mapped, checked, imported. */
@Controller('admin/sims/import')
@OnLine('telecom')
@Roles('admin', 'manager')
@Layout('backoffice')
export class ImportsController {
  constructor(
    private readonly pages: ImportPages,
    private readonly imports: SimImports,
  ) {}

  @Get()
  @Page('backoffice/sims/imports', 'backoffice')
  list(@Query() query: PageQuery): Promise<object> {
    return this.pages.list(query);
  }

  @Post()
  @FormPage('backoffice/sims/imports', (it: ImportsController, req) => it.list(req.query))
  async upload(@Req() req: Request, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { operatorId, officeId, party = null } = validateForm(UploadDto, body);
    if (!req.upload) throw new InvalidInput([{ path: 'file', code: 'sim_file_needed' }]);
    const { name: fileName, bytes } = req.upload;
    const id = await this.imports.upload({ fileName, bytes, operatorId, officeId, party }, clerk);
    return seeOther(`/admin/sims/import/${id}`);
  }

  @Get(':id')
  @Page('backoffice/sims/import', 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.pages.import(id, req);
  }

  /** Nothing is written to the stock: the page says what would come in. */
  @Post(':id/check')
  @FormPage('backoffice/sims/import', again)
  async check(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.imports.dryRun(id, layoutOf(body), clerk);
    return seeOther(`/admin/sims/import/${id}`);
  }

  @Post(':id/import')
  @FormPage('backoffice/sims/import', again)
  async import(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { override, reason } = validateForm(OverrideDto, body);
    if (override && !reason) throw new InvalidInput([{ path: 'reason', code: 'sim_reason' }]);
    const count = await this.imports.importChecked(id, override ? reason! : null, clerk);
    return seeOther(`/admin/sims/import/${id}`, 'sims:import.imported', { count });
  }
}
