import { Body, Controller, Get, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import { CardNames } from '../../cards/card-names.service.js';
import { validateForm } from '../../infra/web/form.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { CardPages, type ListedCard } from '../card-pages.service.js';
import { CardNameForm, LONGEST_NICKNAME } from './card-name.form.js';

interface CardNamePage {
  card: ListedCard;
  longest: number;
}

const LIMIT: Limit = { name: 'card_names', points: 30, seconds: 86_400 };

/** «Назвать карту»: whoever has several tells them apart. */
@Controller('cabinet/cards/:number/name')
@UseGuards(CustomerOnly)
export class CardNameController {
  constructor(
    private readonly pages: CardPages,
    private readonly names: CardNames,
    private readonly rates: RateLimits,
  ) {}

  @Get()
  @Page('cabinet/care/name', 'cabinet')
  async ask(
    @CurrentCustomer() id: string,
    @Param('number') number: string,
    @Req() req: Request,
  ): Promise<CardNamePage> {
    return { card: await this.pages.nameable(id, req.language, number), longest: LONGEST_NICKNAME };
  }

  @Post()
  @FormPage('cabinet/care/name', (it: CardNameController, req) =>
    it.ask(req.viewer!.id, String(req.params['number']), req),
  )
  async name(
    @CurrentCustomer() customerId: string,
    @Param('number') number: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { nickname = null } = validateForm(CardNameForm, body);
    await this.rates.consume(LIMIT, customerId);
    await this.names.name({ customerId, number, nickname });
    return seeOther(`/cabinet/cards/${number}`, nickname === null ? 'cards:name.removed' : 'cards:name.saved');
  }
}
