import { Controller, Get, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentCustomer, CustomerOnly } from '../infra/web/guards.js';
import { Page } from '../infra/web/page.js';
import { type HomePage, HomePages } from './home-page.service.js';

@Controller('cabinet')
@UseGuards(CustomerOnly)
export class HomeController {
  constructor(private readonly pages: HomePages) {}

  @Get()
  @Page('cabinet/home', 'cabinet')
  home(@CurrentCustomer() id: string, @Req() req: Request): Promise<HomePage> {
    return this.pages.home(id, req.language);
  }
}
