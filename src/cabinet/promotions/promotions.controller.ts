import { Controller, Get, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { DateTime } from 'luxon';
import { Config } from '../../infra/config/config.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { Page } from '../../infra/web/page.js';
import { PromotionBoard } from '../../loyalty/promotions/promotion-board.service.js';

interface PromotionsPage {
  promotions: { title: string; text: string | null; soon: Date | null; until: Date | null }[];
}

@Controller('cabinet/promotions')
@UseGuards(CustomerOnly)
export class CabinetPromotionsController {
  constructor(
    private readonly board: PromotionBoard,
    private readonly config: Config,
  ) {}

  @Get()
  @Page('cabinet/promotions', 'cabinet')
  async list(@CurrentCustomer() customerId: string, @Req() { language }: Request): Promise<PromotionsPage> {
    const promotions = await this.board.forCustomer(customerId);
    const dayOf = (day: string | null): Date | null =>
      day === null ? null : DateTime.fromISO(day, { zone: this.config.timeZone }).toJSDate();
    return {
      promotions: promotions.map((one) => ({
        title: (language === 'en' && one.titleEn) || one.title,
        text: (language === 'en' && one.textEn) || one.text,
        soon: one.soon ? dayOf(one.firstDay) : null,
        until: dayOf(one.lastDay),
      })),
    };
  }
}
