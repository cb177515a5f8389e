import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { LateRefusals } from '../../orders/hand-over/late-refusals.service.js';
import type { Actor } from '../../shared/actor.js';
import { readPlace } from '../../sims/stock/place.js';
import { Clerk } from '../clerk.js';
import { seen } from '../dto/seen.dto.js';
import { LateRefusalForm } from './late-refusal.form.js';
import { LIST } from './order-views.js';
import { OrderPages } from './order-pages.service.js';

const VIEW = 'backoffice/orders/order';
const again = (it: LateRefusalController, req: Request): Promise<object> => it.show(req);

/** The operator refuses after the hand-over: twenty numbers already, a self-ban found at registration, … */
@Controller('admin/orders/:id/refusal')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class LateRefusalController {
  constructor(
    private readonly pages: OrderPages,
    private readonly refusals: LateRefusals,
  ) {}

  show(req: Request): Promise<object> {
    const reader = { id: req.viewer?.id ?? '', language: req.language };
    return this.pages.order(String(req.params['id']), {}, reader);
  }

  @Post()
  @FormPage(VIEW, again)
  async refuse(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(LateRefusalForm, body);
    const { refusal, reason } = form;
    const card = form.card === 'returned' ? readPlace(form.place) : null;
    await this.refusals.refuse(seen(id, form, clerk), { refusal, reason, card });
    return seeOther(`${LIST}/${id}`, 'customer-orders:done.refused');
  }
}
