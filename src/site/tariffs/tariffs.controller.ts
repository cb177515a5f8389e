import { Controller, Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { OnLine } from '../../infra/web/on-line.js';
import { Page } from '../../infra/web/page.js';
import { TariffPages } from './tariff-pages.service.js';
import type { Query as AnyQuery } from './tariff-filter.js';

/** The catalogue as everybody may read it; a tariff’s own page takes orders and stands with them. */
@Controller('tariffs')
@OnLine('telecom')
export class TariffsController {
  constructor(private readonly pages: TariffPages) {}

  @Get()
  @Page('site/tariffs/list', 'site')
  list(@Query() query: AnyQuery, @Req() req: Request): Promise<object> {
    return this.pages.list(query, req.language);
  }

  @Get('compare')
  @Page('site/tariffs/compare', 'site')
  compare(@Query() query: AnyQuery, @Req() req: Request): Promise<object> {
    return this.pages.compare(query, req.language);
  }
}
