import { Body, Controller, Get, Param, Post, Redirect, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { logIn } from '../../infra/web/session.js';
import { Visitors } from '../../infra/web/visitor.js';
import { NewPasswordForm } from '../dto/new-password.form.js';
import { PhoneForm } from '../dto/phone.form.js';
import { CUSTOMER_PASSWORD_LENGTH } from '../passwords/password.rules.js';
import { ForgottenPasswords } from './forgotten-passwords.service.js';
import { Passwords } from './passwords.service.js';

const shortest = CUSTOMER_PASSWORD_LENGTH;

/** «Восстановить/получить пароль?»: a temporary password by SMS, then a new one. */
@Controller('reset_password')
export class ResetPasswordController {
  constructor(
    private readonly forgotten: ForgottenPasswords,
    private readonly passwords: Passwords,
    private readonly visitors: Visitors,
  ) {}

  @Get()
  @Redirect('/reset_password/new', 303)
  entrance(): void {}

  @Get('new')
  @Page('auth/reset-password', 'site')
  newReset(): object {
    return {};
  }

  @Post()
  @FormPage('auth/reset-password')
  async sendPassword(@Body() body: unknown, @Req() { ip = '', language }: Request): Promise<SeeOther> {
    const { phone } = validateForm(PhoneForm, body);
    await this.forgotten.send({ phone, ip, language });
    return seeOther('/session/new', 'auth:temporaryPasswordSent', {}, 'notice');
  }

  @Get(':ticket')
  @Page('auth/new-password', 'site')
  async newPassword(@Param('ticket') ticket: string, @Req() req: Request): Promise<object> {
    await this.passwords.checkTicket(ticket, this.visitors.known(req));
    return { ticket, shortest };
  }

  @Post(':ticket')
  @FormPage('auth/new-password', (_it: ResetPasswordController, req) => ({ ticket: req.params['ticket'], shortest }))
  async setPassword(@Param('ticket') ticket: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const { password } = validateForm(NewPasswordForm, body);
    const loginId = await this.passwords.setByTicket(ticket, this.visitors.known(req), password, req.ip ?? '');
    await logIn(req, { kind: 'customer', id: loginId });
    return seeOther('/cabinet', 'auth:passwordSet');
  }
}
