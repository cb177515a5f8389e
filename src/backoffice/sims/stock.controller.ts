import { Controller, Get } from '@nestjs/common';
import { Roles } from '../../infra/web/guards.js';
import { OnLine } from '../../infra/web/on-line.js';
import { Page } from '../../infra/web/page.js';
import { SimPages } from './sim-pages.service.js';

/** How many cards of which operator lie where. */
@Controller('admin/sims/stock')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
export class StockController {
  constructor(private readonly pages: SimPages) {}

  @Get()
  @Page('backoffice/sims/stock', 'backoffice')
  show(): Promise<object> {
    return this.pages.summary();
  }
}
