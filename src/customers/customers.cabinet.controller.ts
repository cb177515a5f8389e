import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OpenSessions } from '../auth/open-sessions/open-sessions.service.js';
import { Passwords } from '../auth/logins/passwords.service.js';
import { CUSTOMER_PASSWORD_LENGTH } from '../auth/passwords/password.rules.js';
import { Cookies } from '../infra/web/cookies.js';
import { validateForm } from '../infra/web/form.js';
import { CurrentCustomer, CustomerOnly } from '../infra/web/guards.js';
import { FormPage, Page } from '../infra/web/page.js';
import { safeBack } from '../infra/web/safe-back.js';
import { seeOther, type SeeOther } from '../infra/web/see-other.js';
import { Consents } from './consents.service.js';
import { PasswordForm } from './dto/password.form.js';
import { ProfileForm } from './dto/profile.form.js';
import { EmailConfirmations } from './emails/email-confirmations.service.js';
import { Profiles } from './profile.service.js';
import { type ProfilePage, profilePage } from './profile.views.js';

interface PasswordPage {
  passwordSet: boolean;
  shortest: number;
}

interface Mailings {
  mailings?: unknown;
  back?: unknown;
}

@Controller('cabinet/profile')
@UseGuards(CustomerOnly)
export class CustomersCabinetController {
  constructor(
    private readonly profiles: Profiles,
    private readonly consents: Consents,
    private readonly passwords: Passwords,
    private readonly cookies: Cookies,
    private readonly confirmations: EmailConfirmations,
    private readonly sessions: OpenSessions,
  ) {}

  @Get()
  @Page('customers/profile', 'cabinet')
  async show(@CurrentCustomer() id: string, @Req() req: Request): Promise<ProfilePage> {
    const [customer, consents, login, sessions] = await Promise.all([
      this.profiles.find(id),
      this.consents.list(id),
      this.passwords.stateOf(id),
      this.sessions.list(id, req.sessionID),
    ]);
    return profilePage(customer, consents, { ...login, sessions, today: this.profiles.today(), t: req.t });
  }

  @Post()
  @FormPage('customers/profile', (it: CustomersCabinetController, req) => it.show(req.viewer!.id, req))
  async edit(
    @CurrentCustomer() id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) res: Response,
  ): Promise<SeeOther> {
    const form = validateForm(ProfileForm, body);
    const changed = await this.profiles.edit(id, form);
    this.cookies.keepChoice(res, 'lang', form.language);
    const asked = changed.includes('email') && (await this.confirmations.sendIfAllowed(id));
    return seeOther('/cabinet/profile', asked ? 'notifications:confirmation.savedAndSent' : 'auth:profile.saved');
  }

  @Post('mailings')
  async chooseMailings(@CurrentCustomer() id: string, @Body() body: Mailings): Promise<SeeOther> {
    const wanted = body.mailings === 'on';
    await this.consents.chooseMailings(id, wanted);
    return seeOther(
      safeBack(body.back, '/cabinet/profile'),
      wanted ? 'auth:profile.mailingsOn' : 'auth:profile.mailingsOff',
    );
  }

  @Get('password')
  @Page('customers/password', 'cabinet')
  async newPassword(@CurrentCustomer() id: string): Promise<PasswordPage> {
    const { passwordSet } = await this.passwords.stateOf(id);
    return { passwordSet, shortest: CUSTOMER_PASSWORD_LENGTH };
  }

  @Post('password')
  @FormPage('customers/password', (it: CustomersCabinetController, req) => it.newPassword(req.viewer!.id))
  async setPassword(@CurrentCustomer() loginId: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const { currentPassword = '', password } = validateForm(PasswordForm, body);
    const { sessionID: sessionId, ip = '' } = req;
    await this.passwords.change({ loginId, current: currentPassword, next: password, sessionId, ip });
    return seeOther('/cabinet/profile', 'auth:profile.passwordSet');
  }
}
