import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Roles } from '../infra/web/guards.js';
import { FormPage, Layout, Page } from '../infra/web/page.js';
import { seeOther, type SeeOther } from '../infra/web/see-other.js';
import { viewer } from '../infra/web/viewer.js';
import { CardPages } from './card-pages.service.js';

@Controller('admin/cards')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class CardsController {
  constructor(private readonly pages: CardPages) {}

  @Get()
  @Page('backoffice/cards', 'backoffice')
  list(@Req() req: Request): Promise<object> {
    return this.pages.cards(viewer(req)?.role, req.query);
  }

  @Get('look-up')
  @FormPage('backoffice/cards', (it: CardsController, req) => it.list(req))
  async lookUp(@Query('number') number: unknown): Promise<SeeOther> {
    return seeOther(`/admin/cards/${await this.pages.existingNumber(number)}`);
  }

  @Get(':number')
  @Page('backoffice/card', 'backoffice')
  show(@Param('number') number: string): Promise<object> {
    return this.pages.card(number);
  }
}
