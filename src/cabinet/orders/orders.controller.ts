import { Controller, Get, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { followedView } from '../../orders/application/followed-order.js';
import { OrderFollowers } from '../../orders/application/order-followers.service.js';
import { isClosed, type OrderState } from '../../orders/order.js';
import { OwnOrderQueries } from './order.queries.js';

const TAGS: Partial<Record<OrderState, string>> = {
  ...{ active: 'success', held: 'warning', cancelled: 'none', refused: 'error' },
};
const LIST = '/cabinet/orders';
const VIEW = 'cabinet/orders/order';
const again = (it: CabinetOrdersController, req: Request): Promise<object> =>
  it.show(req.viewer!.id, String(req.params['order']), req);

/** A customer's own orders, followed and cancelled without a secret link. */
@Controller('cabinet/orders')
@OnLine('telecom')
@UseGuards(CustomerOnly)
export class CabinetOrdersController {
  constructor(
    private readonly queries: OwnOrderQueries,
    private readonly followers: OrderFollowers,
  ) {}

  @Get()
  @Page('cabinet/orders/list', 'cabinet')
  async list(@CurrentCustomer() id: string): Promise<object> {
    const orders = await this.queries.list(id);
    const shown = orders.map((order) => ({
      ...order,
      tag: TAGS[order.state] ?? 'info',
      path: `${LIST}/${order.id}`,
    }));
    return {
      open: shown.filter(({ state }) => !isClosed(state)),
      closed: shown.filter(({ state }) => isClosed(state)),
    };
  }

  @Get(':order')
  @Page(VIEW, 'cabinet')
  async show(
    @CurrentCustomer() customerId: string,
    @Param('order', KnownId) orderId: string,
    @Req() req: Request,
  ): Promise<object> {
    const order = await this.followers.followOwn(customerId, orderId);
    const reached = await this.followers.steps(orderId);
    return {
      ...{ ...followedView(order, reached, req.language), inCabinet: true },
      cancelPath: `${LIST}/${orderId}/cancellation`,
      againPath: `${LIST}/new?tariff=${order.tariffSlug}`,
    };
  }

  @Post(':order/cancellation')
  @FormPage(VIEW, again)
  async withdraw(@CurrentCustomer() customerId: string, @Param('order', KnownId) orderId: string): Promise<SeeOther> {
    await this.followers.withdrawOwn(customerId, orderId);
    return seeOther(`${LIST}/${orderId}`);
  }
}
