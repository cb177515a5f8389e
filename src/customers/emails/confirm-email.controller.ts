import { Controller, Get, Header, Param, Post } from '@nestjs/common';
import { Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { EmailConfirmations } from './email-confirmations.service.js';

/** Where the link of a mail leads. Looking changes nothing: mail programs open links before their readers do. */
@Controller('mail/confirm')
export class ConfirmEmailController {
  constructor(private readonly confirmations: EmailConfirmations) {}

  /** Often another browser than the one they are logged in with. */
  @Get('done')
  @Page('customers/confirm-email', 'site')
  done(): { done: true } {
    return { done: true };
  }

  @Get(':token')
  @Header('Cache-Control', 'no-store')
  @Page('customers/confirm-email', 'site')
  async show(@Param('token') token: string): Promise<{ token: string; email: string }> {
    return { token, email: await this.confirmations.find(token) };
  }

  @Post(':token')
  async confirm(@Param('token') token: string): Promise<SeeOther> {
    await this.confirmations.confirm(token);
    return seeOther('/mail/confirm/done');
  }
}
