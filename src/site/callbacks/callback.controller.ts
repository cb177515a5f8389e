import { Body, Controller, Get, Header, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { publicPage } from '../../infra/web/public-page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { Visitors } from '../../infra/web/visitor.js';
import { CallbackFollowers } from '../../support/callbacks/callback-followers.service.js';
import { CallbackRequests } from '../../support/callbacks/callback-requests.service.js';
import { CallbackForm, WhenForm } from './callback.form.js';
import { CallbackPages } from './callback-pages.service.js';
import { FormStamp, TRAP } from './form-stamp.service.js';

const form = (it: CallbackController, req: Request) => it.form(req);
const followed = (it: CallbackController, req: Request) => it.follow(String(req.params['token']), req);

/** «Заказать звонок» (product C5): for strangers, without an account and without JavaScript. */
@Controller('callback')
@Layout('site')
export class CallbackController {
  constructor(
    private readonly pages: CallbackPages,
    private readonly requests: CallbackRequests,
    private readonly followers: CallbackFollowers,
    private readonly stamp: FormStamp,
    private readonly visitors: Visitors,
  ) {}

  @Get()
  @Page('site/callbacks/form', 'site')
  form(@Req() req: Request): object {
    const typed = (req.body ?? {}) as Record<string, unknown>;
    const from = publicPage(typed['from'] ?? req.query['from'])?.path ?? null;
    return { ...this.pages.form(req.language), from, stamp: this.stamp.issue(typed['stamp']), trap: TRAP };
  }

  @Post()
  @FormPage('site/callbacks/form', form)
  async ask(@Body() body: Record<string, unknown>, @Req() req: Request): Promise<SeeOther> {
    const { name = null, phone, topic, when } = validateForm(CallbackForm, body);
    this.pages.expectTopic(topic);
    this.stamp.expectPerson(body['stamp'], body[TRAP]);
    const browser = this.pages.browserDigest(this.visitors.known(req));
    const wish = {
      name,
      phone,
      topic,
      when,
      browser,
      page: publicPage(body['from'])?.path ?? null,
      language: req.language,
    };
    return seeOther(`/callback/${await this.requests.ask(wish, req.ip ?? '')}`);
  }

  @Get(':token')
  @Header('Cache-Control', 'no-store')
  @Header('X-Robots-Tag', 'noindex')
  @Page('site/callbacks/followed', 'site')
  follow(@Param('token') token: string, @Req() req: Request): Promise<object> {
    return this.pages.followed(token, req.language);
  }

  @Post(':token/time')
  @FormPage('site/callbacks/followed', followed)
  async chooseTime(@Param('token') token: string, @Body() body: unknown): Promise<SeeOther> {
    await this.followers.chooseTime(token, validateForm(WhenForm, body).when);
    return seeOther(`/callback/${token}`, 'callbacks:done.moved');
  }

  @Post(':token/cancellation')
  @FormPage('site/callbacks/followed', followed)
  async withdraw(@Param('token') token: string): Promise<SeeOther> {
    await this.followers.withdraw(token);
    return seeOther(`/callback/${token}`);
  }
}
