import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { OrderEdits } from '../../orders/desk/order-edits.service.js';
import { StaffOrders } from '../../orders/desk/staff-orders.service.js';
import { contactOf } from '../../orders/dto/wish.form.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { seen } from '../dto/seen.dto.js';
import { OrderEditForm, OrderEntryForm } from './order-entry.form.js';
import { OrderEntryPages } from './order-entry-pages.service.js';
import { LIST } from './order-views.js';

type Said = Record<string, unknown>;

const NEW = 'backoffice/orders/new';
const EDIT = 'backoffice/orders/edit';
const entryAgain = (it: OrderEntryController, req: Request): Promise<object> => it.entry(req.query, req);
const editAgain = (it: OrderEntryController, req: Request): Promise<object> => it.show(String(req.params['id']), req);

/** Applications that clerks enter for whoever is on the phone or at the office, and put right afterwards (T3). */
@Controller('admin/orders')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class OrderEntryController {
  constructor(
    private readonly pages: OrderEntryPages,
    private readonly staffOrders: StaffOrders,
    private readonly edits: OrderEdits,
  ) {}

  @Get('new')
  @Page(NEW, 'backoffice')
  entry(@Query() query: Said, @Req() req: Request): Promise<object> {
    return this.pages.entry(query, (req.body ?? {}) as Said, req.language);
  }

  @Post('new')
  @FormPage(NEW, entryAgain)
  async enter(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(OrderEntryForm, body);
    const known = await this.pages.ofPhone(form.phone);
    const id = await this.staffOrders.enter({
      application: {
        ...{ ...contactOf(form), tariffSlug: form.tariff, language: known?.language ?? 'ru' },
        ...{ usedBy: form.usedBy ?? null, comment: form.comment ?? null },
      },
      ...{ formId: form.formId, customerId: form.customer ?? null, consent: form.consentMeans },
      clerkId: clerk.id ?? '',
    });
    return seeOther(`${LIST}/${id}`, 'customer-orders:done.entered');
  }

  @Get(':id/edit')
  @Page(EDIT, 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    const reader = { id: req.viewer?.id ?? '', language: req.language };
    return this.pages.edit(id, (req.body ?? {}) as Said, reader);
  }

  @Post(':id/edit')
  @FormPage(EDIT, editAgain)
  async edit(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(OrderEditForm, body);
    const changed = await this.edits.edit(seen(id, form, clerk), { ...contactOf(form), tariffSlug: form.tariff });
    const done = changed.length > 0 ? 'customer-orders:done.changed' : 'customer-orders:done.unchanged';
    return seeOther(`${LIST}/${id}`, done);
  }
}
