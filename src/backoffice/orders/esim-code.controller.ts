import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { StaffSecondStep } from '../../auth/staff/second-step.service.js';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { mayShowCode } from '../../orders/order.js';
import { OrderNotFound, OrderStateForbids } from '../../orders/orders.errors.js';
import type { Actor } from '../../shared/actor.js';
import { SimReveals } from '../../sims/secrets/sim-reveals.service.js';
import { Clerk } from '../clerk.js';
import { revealedView } from '../sims/revealed-view.js';
import { OwnPasswordDto } from './own-password.dto.js';
import { OrderQueries, type OrderRow } from './order.queries.js';

const VIEW = 'backoffice/orders/esim-code';

/** The activation code of an order's eSIM: for whoever leads the order, after their password, once, and written down. */
@Controller('admin/orders/:id/esim-code')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class EsimCodeController {
  constructor(
    private readonly queries: OrderQueries,
    private readonly reveals: SimReveals,
    private readonly secondStep: StaffSecondStep,
  ) {}

  @Get()
  @Page(VIEW, 'backoffice')
  async ask(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<object> {
    const { number } = await this.led(id, clerk);
    return { order: { id, number } };
  }

  /** No redirect: the code exists on this very page and nowhere else. */
  @Post()
  @HttpCode(201)
  @Page(VIEW, 'backoffice')
  @FormPage(VIEW, (it: EsimCodeController, req) => it.again(req))
  async reveal(
    @Param('id', KnownId) id: string,
    @Body() body: unknown,
    @Clerk() clerk: Actor,
    @Req() req: Request,
  ): Promise<object> {
    const { password } = validateForm(OwnPasswordDto, body);
    await this.secondStep.confirm({ staffId: clerk.id!, password, ip: req.ip ?? '' });
    const { number, sim_id } = await this.led(id, clerk);
    const revealed = revealedView(await this.reveals.reveal(sim_id!, 'lpa', clerk));
    return { order: { id, number }, sim: { id: sim_id }, revealed };
  }

  again(req: Request): Promise<object> {
    return this.ask(String(req.params['id']), { kind: 'staff', id: req.viewer?.id ?? '' });
  }

  /** Throws OrderNotFound, and OrderStateForbids where it is somebody else's, has no eSIM or is closed. */
  private async led(id: string, clerk: Actor): Promise<OrderRow> {
    const order = await this.queries.find(id);
    if (!order) throw new OrderNotFound();
    if (!mayShowCode(order, clerk.id ?? '')) throw new OrderStateForbids();
    return order;
  }
}
