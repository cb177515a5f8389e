import { Body, Controller, Get, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { CabinetOrders } from '../../orders/application/cabinet-orders.service.js';
import { wishOf } from '../../orders/dto/wish.form.js';
import { Deletions } from '../../privacy/deletion/deletions.service.js';
import { DomainError } from '../../shared/domain-error.js';
import { NewOrderForm } from './new-order.form.js';
import { NewOrderPages } from './new-order-page.service.js';

const VIEW = 'cabinet/orders/new';
const again = (it: NewOrderController, req: Request): Promise<object> => it.show(req.viewer!.id, req.query, req);

/** «Ещё SIM-карта или eSIM» (T14). */
@Controller('cabinet/orders/new')
@OnLine('telecom')
@UseGuards(CustomerOnly)
export class NewOrderController {
  constructor(
    private readonly pages: NewOrderPages,
    private readonly orders: CabinetOrders,
    private readonly deletions: Deletions,
  ) {}

  @Get()
  @Page(VIEW, 'cabinet')
  async show(
    @CurrentCustomer() customerId: string,
    @Query() query: Record<string, unknown>,
    @Req() req: Request,
  ): Promise<object> {
    const body = (req.body ?? {}) as Record<string, unknown>;
    const deletionDue = await this.deletions.pending(customerId);
    return { ...(await this.pages.form({ customerId, query, body, language: req.language })), deletionDue };
  }

  @Post()
  @FormPage(VIEW, again)
  async order(@CurrentCustomer() customerId: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    if ((await this.deletions.pending(customerId)) !== null) {
      throw new DomainError('order_deletion_pending', 'conflict');
    }
    const form = validateForm(NewOrderForm, body);
    const { formId, tariff: tariffSlug, usedBy, who, comment = null, orderConsent: consented = false } = form;
    const ids = await this.orders.order(customerId, {
      ...{ ...wishOf(form), formId, tariffSlug, comment, consented, count: Number(form.count) },
      ...{ usedBy: who === 'other' ? usedBy! : null, language: req.language },
    });
    const done = ids.length === 1 ? `/cabinet/orders/${ids[0]}` : '/cabinet/orders';
    return seeOther(done, 'customer-orders:ordered', { count: ids.length });
  }
}
