import { Body, Controller, Get, Header, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { Visitors } from '../../infra/web/visitor.js';
import { OrderApplications } from '../../orders/application/order-applications.service.js';
import { CONSENT_BY_FORM } from '../../orders/application/application.js';
import { OrderFollowers } from '../../orders/application/order-followers.service.js';
import { contactOf } from '../../orders/dto/wish.form.js';
import { STRANGER } from '../../shared/actor.js';
import { FormStamp, TRAP } from '../callbacks/form-stamp.service.js';
import { TariffPages } from '../tariffs/tariff-pages.service.js';
import { OrderForm } from './order.form.js';
import { OrderPages } from './order-pages.service.js';

const again = (it: OrderController, req: Request): Promise<object> => it.show(String(req.params['slug']), req);
const followed = (it: OrderController, req: Request): Promise<object> => it.follow(String(req.params['token']), req);

/** A tariff's page with the way to get it, and the order's own page (T2): for strangers, without JavaScript. */
@Controller()
@OnLine('telecom')
@Layout('site')
export class OrderController {
  constructor(
    private readonly tariffs: TariffPages,
    private readonly pages: OrderPages,
    private readonly applications: OrderApplications,
    private readonly followers: OrderFollowers,
    private readonly stamp: FormStamp,
    private readonly visitors: Visitors,
  ) {}

  @Get('tariffs/:slug')
  @Page('site/tariffs/tariff', 'site')
  async show(@Param('slug') slug: string, @Req() req: Request): Promise<object> {
    const typed = (req.body ?? {}) as Record<string, unknown>;
    const sheet = await this.tariffs.show(slug, req.language);
    if (!sheet.open) return sheet;
    return {
      ...sheet,
      ...(await this.pages.choices(req.language)),
      stamp: this.stamp.issue(typed['stamp']),
      trap: TRAP,
    };
  }

  @Post('tariffs/:slug')
  @FormPage('site/tariffs/tariff', again)
  async apply(
    @Param('slug') tariffSlug: string,
    @Body() body: Record<string, unknown>,
    @Req() req: Request,
  ): Promise<SeeOther> {
    const form = validateForm(OrderForm, body);
    this.stamp.expectPerson(body['stamp'], body[TRAP]);
    const customerId = req.viewer?.kind === 'customer' ? req.viewer.id : null;
    const browser = this.pages.browserDigest(this.visitors.known(req));
    const actor = customerId === null ? STRANGER : ({ kind: 'customer', id: customerId } as const);
    const source = customerId === null ? 'site' : 'cabinet';
    const application = {
      ...{ ...contactOf(form), tariffSlug, language: req.language },
      ...{ comment: form.comment ?? null, usedBy: null },
    };
    const applicant = { source, customerId, browser, consent: CONSENT_BY_FORM, actor } as const;
    return seeOther(`/orders/${await this.applications.apply(application, applicant, req.ip ?? '')}`);
  }

  @Get('orders/:token')
  @Header('Cache-Control', 'no-store')
  @Header('X-Robots-Tag', 'noindex')
  @Page('site/orders/followed', 'site')
  follow(@Param('token') token: string, @Req() req: Request): Promise<object> {
    return this.pages.followed(token, req.language);
  }

  @Post('orders/:token/cancellation')
  @FormPage('site/orders/followed', followed)
  async withdraw(@Param('token') token: string): Promise<SeeOther> {
    await this.followers.withdraw(token);
    return seeOther(`/orders/${token}`);
  }
}
