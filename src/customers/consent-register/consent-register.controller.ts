import { Controller, Get, UseGuards } from '@nestjs/common';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { Page } from '../../infra/web/page.js';
import { Consents } from '../consents.service.js';
import { type ConsentRegister, consentRegister } from './consent-register.views.js';

/** Every consent there was: to which text, given where and when, and withdrawn when (A10). */
@Controller('cabinet/profile/consents')
@UseGuards(CustomerOnly)
export class ConsentRegisterController {
  constructor(private readonly consents: Consents) {}

  @Get()
  @Page('customers/consent-register', 'cabinet')
  async show(@CurrentCustomer() id: string): Promise<ConsentRegister> {
    return consentRegister(await this.consents.all(id));
  }
}
