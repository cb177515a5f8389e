import { Body, Controller, Get, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { NotificationsForm } from '../dto/notifications.form.js';
import { EmailConfirmations } from '../emails/email-confirmations.service.js';
import { CHANNELS } from './channels.js';
import { type Preferences, PreferencesService } from './preferences.service.js';

interface PreferencesPage extends Preferences {
  channels: { value: string; name: string }[];
}

@Controller('cabinet/notifications')
@UseGuards(CustomerOnly)
export class PreferencesCabinetController {
  constructor(
    private readonly preferences: PreferencesService,
    private readonly confirmations: EmailConfirmations,
  ) {}

  @Get()
  @Page('customers/notifications', 'cabinet')
  async show(@CurrentCustomer() id: string, @Req() req: Request): Promise<PreferencesPage> {
    const channels = CHANNELS.map((value) => ({ value, name: req.t(`notifications:channels.${value}`) }));
    return { ...(await this.preferences.find(id)), channels };
  }

  @Post()
  @FormPage('customers/notifications', (it: PreferencesCabinetController, req) => it.show(req.viewer!.id, req))
  async choose(@CurrentCustomer() id: string, @Body() body: unknown): Promise<SeeOther> {
    const { burning, news } = validateForm(NotificationsForm, body);
    await this.preferences.choose(id, { burning, news });
    return seeOther('/cabinet/notifications', 'notifications:saved');
  }

  @Post('email-confirmation')
  @FormPage('customers/notifications', (it: PreferencesCabinetController, req) => it.show(req.viewer!.id, req))
  async sendConfirmation(@CurrentCustomer() id: string): Promise<SeeOther> {
    const sent = await this.confirmations.send(id);
    return seeOther('/cabinet/notifications', sent ? 'notifications:confirmation.sent' : undefined);
  }
}
