import { Controller, Get, Param, Query, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { StaffOnly } from '../infra/web/guards.js';
import { KnownId } from '../infra/web/known-id.pipe.js';
import { Page } from '../infra/web/page.js';
import type { PageQuery } from './page-query.js';
import { PurchasePages } from './purchase-pages.service.js';

@Controller('admin')
@UseGuards(StaffOnly)
export class PurchasesController {
  constructor(private readonly pages: PurchasePages) {}

  @Get('purchases')
  @Page('backoffice/purchases', 'backoffice')
  list(@Query() query: PageQuery): Promise<object> {
    return this.pages.purchases(query);
  }

  @Get('purchases/:id')
  @Page('backoffice/purchase', 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.pages.purchase(id, req.language);
  }

  @Get('activations')
  @Page('backoffice/activations', 'backoffice')
  activations(@Query() query: PageQuery): Promise<object> {
    return this.pages.activations(query);
  }
}
