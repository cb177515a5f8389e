import { Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { Page } from '../../infra/web/page.js';
import type { Topic } from './channels.js';
import { PreferencesService } from './preferences.service.js';
import { UnsubscribeLinks } from './unsubscribe-links.service.js';

interface UnsubscribePage {
  token: string;
  topic: Topic;
  done: boolean;
}

/**
 * Where the link of a mail leads, and its List-Unsubscribe (RFC 8058): mail programs send the POST by themselves,
 * without cookies or a token of ours, and follow no redirect. The signed link is all the proof it needs.
 */
@Controller('mail/unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly preferences: PreferencesService,
  ) {}

  @Get(':token')
  @Header('Cache-Control', 'no-store')
  @Page('customers/unsubscribe', 'site')
  show(@Param('token') token: string): UnsubscribePage {
    return { token, topic: this.links.read(token).topic, done: false };
  }

  @Post(':token')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Page('customers/unsubscribe', 'site')
  async leave(@Param('token') token: string): Promise<UnsubscribePage> {
    const { customerId, topic } = this.links.read(token);
    await this.preferences.leave(customerId, topic);
    return { token, topic, done: true };
  }
}
