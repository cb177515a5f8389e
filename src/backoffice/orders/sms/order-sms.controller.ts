import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { validateForm } from '../../../infra/web/form.js';
import { Roles } from '../../../infra/web/guards.js';
import { KnownId } from '../../../infra/web/known-id.pipe.js';
import { OnLine } from '../../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../../infra/web/see-other.js';
import { OrderSms } from '../../../orders/sms/order-sms.service.js';
import type { Actor } from '../../../shared/actor.js';
import { Clerk } from '../../clerk.js';
import type { PageQuery } from '../../page-query.js';
import { LIST } from '../order-views.js';
import { seen } from '../../dto/seen.dto.js';
import { OrderSmsPages } from './order-sms-pages.service.js';
import { SmsDto } from './order-sms.dto.js';

const VIEW = 'backoffice/orders/sms';

/** `/admin/orders/…/sms?template=…`: how it will read and what it costs, before it goes. */
@Controller('admin/orders/:id/sms')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class OrderSmsController {
  constructor(
    private readonly pages: OrderSmsPages,
    private readonly sms: OrderSms,
  ) {}

  @Get()
  @Page(VIEW, 'backoffice')
  show(@Param('id', KnownId) id: string, @Query() query: PageQuery): Promise<object> {
    return this.pages.page(id, query['template']);
  }

  @Post()
  @FormPage(VIEW, (it: OrderSmsController, { params, body }) =>
    it.show(String(params['id']), (body ?? {}) as PageQuery),
  )
  async send(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(SmsDto, body);
    await this.sms.send(seen(id, form, clerk), { id: form.template, revision: form.templateRevision });
    return seeOther(`${LIST}/${id}#history`, 'order-desk:sms.sent');
  }
}
