import { Controller, Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Roles } from '../../infra/web/guards.js';
import { OnLine } from '../../infra/web/on-line.js';
import { Page } from '../../infra/web/page.js';
import type { PageQuery } from '../page-query.js';
import { CompanyPages } from './company-pages.service.js';

@Controller('admin/companies')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
export class CompaniesController {
  constructor(private readonly pages: CompanyPages) {}

  @Get()
  @Page('backoffice/companies/list', 'backoffice')
  list(@Query() query: PageQuery, @Req() req: Request): Promise<object> {
    return this.pages.list(query, req.language);
  }
}
