import { Body, Controller, Get, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { customerBlockReasons } from '../../cards/blocks/block-reason.js';
import { text } from '../../infra/i18n/texts.js';
import { validateForm } from '../../infra/web/form.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { LedElsewhere } from '../../infra/web/led-elsewhere.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { type CardCare, CardPages, type ListedCard } from '../card-pages.service.js';
import { BlockForm } from './block.form.js';
import { CardCareDesk } from './card-care-desk.service.js';

interface CarePage {
  card: ListedCard;
  reasons: { value: string; name: string }[];
}

const again = (it: CardCareController, req: Request): Promise<CarePage> =>
  it.ask(req.viewer!.id, String(req.params['number']), req);

/** Block, unblock, a virtual card for a lost one: each asks first, then does. */
@Controller('cabinet/cards/:number')
@UseGuards(CustomerOnly)
export class CardCareController {
  constructor(
    private readonly pages: CardPages,
    private readonly desk: CardCareDesk,
  ) {}

  @Get('block')
  @Page('cabinet/care/block', 'cabinet')
  askBlock(@CurrentCustomer() id: string, @Param('number') number: string, @Req() req: Request): Promise<CarePage> {
    return this.offer('block', id, number, req);
  }

  @Post('block')
  @FormPage('cabinet/care/block', again)
  async block(
    @CurrentCustomer() id: string,
    @Param('number') number: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.desk.block(id, number, validateForm(BlockForm, body).reason);
    return seeOther(`/cabinet/cards/${number}`, 'cards:care.blocked');
  }

  @Get('unblock')
  @Page('cabinet/care/unblock', 'cabinet')
  askUnblock(@CurrentCustomer() id: string, @Param('number') number: string, @Req() req: Request): Promise<CarePage> {
    return this.offer('unblock', id, number, req);
  }

  @Post('unblock')
  @FormPage('cabinet/care/unblock', again)
  async unblock(@CurrentCustomer() id: string, @Param('number') number: string): Promise<SeeOther> {
    await this.desk.unblock(id, number);
    return seeOther(`/cabinet/cards/${number}`, 'cards:care.unblocked');
  }

  @Get('virtual')
  @Page('cabinet/care/virtual', 'cabinet')
  askVirtual(@CurrentCustomer() id: string, @Param('number') number: string, @Req() req: Request): Promise<CarePage> {
    return this.offer('virtual', id, number, req);
  }

  @Post('virtual')
  @FormPage('cabinet/care/virtual', again)
  async replace(@CurrentCustomer() id: string, @Param('number') number: string): Promise<SeeOther> {
    const next = await this.desk.replaceByVirtual(id, number);
    return seeOther(`/cabinet/cards/${next}`, 'cards:care.replaced');
  }

  /** Only what can be done with the card as it is: an old tab or the way back leads to the card itself. */
  private async offer(step: keyof CardCare, customerId: string, number: string, req: Request): Promise<CarePage> {
    const page = await this.ask(customerId, number, req);
    if (!page.card.care[step]) throw new LedElsewhere(page.card.path);
    return page;
  }

  async ask(customerId: string, number: string, req: Request): Promise<CarePage> {
    const card = await this.pages.own(customerId, req.language, number);
    const reasons = customerBlockReasons.map((value) => ({
      value,
      name: text(req.language, `cards:care.reasons.${value}`),
    }));
    return { card, reasons };
  }
}
