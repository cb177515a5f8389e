import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { IsIn } from 'class-validator';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { exampleFile } from '../../tariffs/import/example-file.js';
import { TariffExports } from '../../tariffs/import/tariff-exports.service.js';
import { TariffImports } from '../../tariffs/import/tariff-imports.service.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';
import { ImportPages } from './import-pages.service.js';

class ImportDto {
  @IsIn(['publish', 'draft'], { context: { code: 'choose' } })
  choice!: 'publish' | 'draft';
}

/** Tariffs out of files and into them. */
@Controller('admin/tariffs')
@OnLine('telecom')
@Roles('admin', 'manager')
@Layout('backoffice')
export class TariffImportsController {
  constructor(
    private readonly pages: ImportPages,
    private readonly imports: TariffImports,
    private readonly exports: TariffExports,
  ) {}

  @Get('imports')
  @Page('backoffice/tariffs/imports', 'backoffice')
  list(@Query() query: PageQuery): Promise<object> {
    return this.pages.list(query);
  }

  /** The file is only checked: the next page says what it would change, and imports it. */
  @Post('imports')
  @FormPage('backoffice/tariffs/imports', (it: TariffImportsController, req) => it.list(req.query))
  async check(@Req() req: Request, @Clerk() clerk: Actor): Promise<SeeOther> {
    if (!req.upload) throw new InvalidInput([{ path: 'file', code: 'receipt_file_needed' }]);
    const id = await this.imports.check(req.upload.name, req.upload.bytes, clerk);
    return seeOther(`/admin/tariffs/imports/${id}`);
  }

  @Get('imports/example.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="tariffs-example.csv"')
  example(): StreamableFile {
    return new StreamableFile(exampleFile());
  }

  @Get('imports/:id')
  @Page('backoffice/tariffs/import', 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.pages.show(id, req.language);
  }

  @Post('imports/:id/import')
  @FormPage('backoffice/tariffs/import', (it: TariffImportsController, req) => it.show(String(req.params['id']), req))
  async import(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.imports.mustExist(id);
    const count = await this.imports.importChecked(id, validateForm(ImportDto, body).choice, clerk);
    return seeOther(`/admin/tariffs/imports/${id}`, 'tariffs:import.done', { count });
  }

  /** A form and not a link: taking the catalogue away is an act on record. */
  @Post('exports')
  @HttpCode(200)
  async export(@Clerk() clerk: Actor): Promise<StreamableFile> {
    const file = await this.exports.exportInForce(clerk);
    return new StreamableFile(file, {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="tariffs.csv"',
    });
  }
}
