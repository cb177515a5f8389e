import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { Page } from '../infra/web/page.js';
import { DemoOnly } from './demo-only.guard.js';
import { DevInbox, type InboxMessage } from './dev-inbox.service.js';

interface InboxPage {
  to: string;
  messages: (InboxMessage & { code: string | null; link: string | null })[];
}

@Controller('dev')
@UseGuards(DemoOnly)
export class DevInboxController {
  constructor(private readonly inbox: DevInbox) {}

  @Get('inbox')
  @Page('demo/inbox', 'site')
  async show(@Query('to') to?: unknown): Promise<InboxPage> {
    const messages = await this.inbox.list(textOf(to));
    return { to: textOf(to), messages: messages.map((message) => ({ ...message, ...shortcutsOf(message) })) };
  }

  @Get('inbox.json')
  list(@Query('to') to?: unknown): Promise<InboxMessage[]> {
    return this.inbox.list(textOf(to));
  }
}

/** A `+` that was not encoded arrives as a space; phones do not mind. PostgreSQL's texts hold no NUL. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\u0000', '') : '';
}

/** Links of mails hold letters and digits enough to look like a code. */
function shortcutsOf({ channel, text }: InboxMessage): { code: string | null; link: string | null } {
  if (channel === 'sms') return { code: secretOf(text), link: null };
  return { code: null, link: /^https?:\/\/\S+$/m.exec(text)?.[0] ?? null };
}

/** What is to be copied out of a message: a code or a temporary password. */
function secretOf(text: string): string | null {
  return /\b\d{6}\b|\b[A-Z2-9]{4}-[A-Z2-9]{4}\b/.exec(text)?.[0] ?? null;
}
