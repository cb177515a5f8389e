import { Body, Controller, Get, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentCustomer, CustomerOnly } from '../infra/web/guards.js';
import { FormPage, Page } from '../infra/web/page.js';
import { seeOther, type SeeOther } from '../infra/web/see-other.js';
import { type CardPage, CardPages, type ListedCard } from './card-pages.service.js';
import { Reissues } from './reissues.service.js';

@Controller('cabinet/cards')
@UseGuards(CustomerOnly)
export class CabinetCardsController {
  constructor(
    private readonly pages: CardPages,
    private readonly reissues: Reissues,
  ) {}

  @Get()
  @Page('cabinet/card', 'cabinet')
  first(@CurrentCustomer() id: string, @Req() req: Request): Promise<CardPage> {
    return this.pages.show(id, req.language);
  }

  @Get(':number')
  @Page('cabinet/card', 'cabinet')
  show(@CurrentCustomer() id: string, @Param('number') number: string, @Req() req: Request): Promise<CardPage> {
    return this.pages.show(id, req.language, number);
  }

  @Get(':number/reissue')
  @Page('cabinet/reissue', 'cabinet')
  async confirmReissue(
    @CurrentCustomer() id: string,
    @Param('number') number: string,
    @Req() req: Request,
  ): Promise<{ card: ListedCard }> {
    return { card: await this.pages.reissuable(id, req.language, number) };
  }

  @Post(':number/reissue')
  @FormPage('cabinet/reissue', (it: CabinetCardsController, req) =>
    it.confirmReissue(req.viewer!.id, String(req.params['number']), req),
  )
  async reissue(
    @CurrentCustomer() id: string,
    @Param('number') number: string,
    @Body('onlyHere') onlyHere: unknown,
    @Req() req: Request,
  ): Promise<SeeOther> {
    // Sent twice, or from an old tab: the number was changed by the first.
    await this.pages.reissuable(id, req.language, number);
    const replacement = await this.reissues.reissue(id, number, onlyHere === 'on' ? req.sessionID : null);
    return seeOther(`/cabinet/cards/${replacement}`, 'cabinet:reissue.done');
  }
}
