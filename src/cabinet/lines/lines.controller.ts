import { Body, Controller, Get, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { LineNames } from '../../lines/line-names.service.js';
import { LinePages } from './line-pages.service.js';
import { LineNameForm } from './line-name.form.js';

@Controller('cabinet/lines')
@OnLine('telecom')
@UseGuards(CustomerOnly)
export class CabinetLinesController {
  constructor(
    private readonly pages: LinePages,
    private readonly names: LineNames,
  ) {}

  @Get()
  @Page('cabinet/lines/list', 'cabinet')
  list(@CurrentCustomer() id: string): Promise<object> {
    return this.pages.list(id);
  }

  @Get(':line')
  @Page('cabinet/lines/line', 'cabinet')
  show(
    @CurrentCustomer() id: string,
    @Param('line', KnownId) lineId: string,
    @Req() { language }: Request,
  ): Promise<object> {
    return this.pages.show(id, lineId, language);
  }

  @Post(':line/name')
  @FormPage('cabinet/lines/line', (it: CabinetLinesController, req) =>
    it.show(req.viewer!.id, String(req.params['line']), req),
  )
  async rename(
    @CurrentCustomer() id: string,
    @Param('line', KnownId) lineId: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.names.rename(id, lineId, validateForm(LineNameForm, body).nickname || null);
    return seeOther(`/cabinet/lines/${lineId}`, 'lines:renamed');
  }
}
