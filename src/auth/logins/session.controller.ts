import { Controller, Get, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { FormPage, Page } from '../../infra/web/page.js';
import { safeBack } from '../../infra/web/safe-back.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { logIn, logOut } from '../../infra/web/session.js';
import { Visitors } from '../../infra/web/visitor.js';
import { validateForm } from '../../infra/web/form.js';
import { LogInForm } from '../dto/log-in.form.js';
import { FirstLogIn } from '../first-log-in/first-log-in.service.js';
import { Admitted, CustomerPasswordGuard } from '../password.guard.js';
import { backIn, type LogInPage, logInPage } from './log-in.views.js';
import type { LoggedIn } from './password-login.service.js';
import { Passwords } from './passwords.service.js';

@Controller('session')
export class SessionController {
  constructor(
    private readonly passwords: Passwords,
    private readonly first: FirstLogIn,
    private readonly visitors: Visitors,
  ) {}

  @Get('new')
  @Page('auth/log-in', 'site')
  newSession(@Query('back') back?: string, @Query('ended') ended?: string): LogInPage {
    return logInPage(back, ended === '1');
  }

  @Post()
  @UseGuards(CustomerPasswordGuard)
  @FormPage('auth/log-in', (_it: SessionController, req) => logInPage(backIn(req)))
  async createSession(@Req() req: Request, @Admitted(LogInForm) { loginId, opens }: LoggedIn): Promise<SeeOther> {
    const browser = this.visitors.recognise(req, req.res!);
    if (opens === 'new_password') {
      return seeOther(`/reset_password/${await this.passwords.issueTicket(loginId, browser)}`);
    }
    if (opens === 'first_code') {
      const { phone } = validateForm(LogInForm, req.body);
      const codeId = await this.first.sendCode({ phone, browser, ip: req.ip ?? '', language: req.language });
      return seeOther(`/session/first/${codeId}`);
    }
    await logIn(req, { kind: 'customer', id: loginId });
    return seeOther(safeBack(backIn(req), '/cabinet'));
  }

  @Post('end')
  async endSession(@Req() req: Request): Promise<SeeOther> {
    if (req.viewer) await logOut(req);
    return seeOther('/session/new', 'auth:loggedOut');
  }
}
