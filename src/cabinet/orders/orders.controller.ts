import { Controller, Get, UseGuards } from '@nestjs/common';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { OnLine } from '../../infra/web/on-line.js';
import { Page } from '../../infra/web/page.js';
import { isClosed, type OrderState } from '../../orders/order.js';
import { OrderLinks } from '../../orders/order-links.service.js';
import { OwnOrderQueries } from './order.queries.js';

const TAGS: Partial<Record<OrderState, string>> = {
  ...{ active: 'success', held: 'warning', cancelled: 'none', refused: 'error' },
};

@Controller('cabinet/orders')
@OnLine('telecom')
@UseGuards(CustomerOnly)
export class CabinetOrdersController {
  constructor(
    private readonly queries: OwnOrderQueries,
    private readonly links: OrderLinks,
  ) {}

  @Get()
  @Page('cabinet/orders/list', 'cabinet')
  async list(@CurrentCustomer() id: string): Promise<object> {
    const orders = await this.queries.list(id);
    const shown = orders.map((order) => ({
      ...order,
      tag: TAGS[order.state] ?? 'info',
      path: `/orders/${this.links.tokenOf(order.id)}`,
    }));
    return {
      open: shown.filter(({ state }) => !isClosed(state)),
      closed: shown.filter(({ state }) => isClosed(state)),
    };
  }
}
