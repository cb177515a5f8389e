import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { Layout, Page } from '../../infra/web/page.js';
import type { PageQuery } from '../page-query.js';
import { LineListPages } from './line-list-pages.service.js';
import { LinePages } from './line-pages.service.js';

/** The numbers that we serve, and one of them. */
@Controller('admin/lines')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class LinesController {
  constructor(
    private readonly lists: LineListPages,
    private readonly pages: LinePages,
  ) {}

  @Get()
  @Page('backoffice/lines/list', 'backoffice')
  list(@Query() query: PageQuery): Promise<object> {
    return this.lists.list(query);
  }

  @Get(':id')
  @Page('backoffice/lines/line', 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() { language }: Request): Promise<object> {
    return this.pages.show(id, language);
  }
}
