import { Body, Controller, Post } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { SeenOrder } from '../../orders/desk/order-desk.service.js';
import type { PileCount } from '../../infra/database/pile.js';
import { OrderPiles } from '../../orders/desk/order-piles.service.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { Clerk } from '../clerk.js';
import { addressOf, type PageQuery } from '../page-query.js';
import { filterParts, readFilter } from './order-filter.js';
import { OrderListPages } from './order-list-pages.service.js';
import { OrderPages } from './order-pages.service.js';
import { LIST } from './order-views.js';
import { PileAssignmentDto, PileCallDto } from './order.dto.js';

const VIEW = 'backoffice/orders/list';
const again = (it: OrderPilesController, req: Request): Promise<object> => it.list(req);
const TICKED = /^([0-9a-f-]{36})\.([1-9]\d{0,8})$/;

/** Many orders at once, from their list: those whose boxes are ticked. */
@Controller('admin/orders/many')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class OrderPilesController {
  constructor(
    private readonly lists: OrderListPages,
    private readonly pages: OrderPages,
    private readonly piles: OrderPiles,
  ) {}

  list(req: Request): Promise<object> {
    return this.lists.list((req.body ?? {}) as PageQuery, req.viewer?.id ?? '');
  }

  @Post('assignment')
  @FormPage(VIEW, again)
  async assign(@Body() body: PageQuery, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { pileAssignee } = validateForm(PileAssignmentDto, body);
    return done(body, await this.piles.assign(ticked(body, clerk), pileAssignee));
  }

  @Post('call')
  @FormPage(VIEW, again)
  async setCall(@Body() body: PageQuery, @Clerk() clerk: Actor): Promise<SeeOther> {
    const at = this.pages.callTime(validateForm(PileCallDto, body).callAt)!;
    return done(body, await this.piles.setCall(ticked(body, clerk), at));
  }
}

/** The boxes that are ticked, each with the revision that the clerk saw. */
function ticked(body: PageQuery, { id = '' }: Actor): SeenOrder[] {
  const boxes = [body['order'] ?? []].flat().flatMap((value) => {
    const [, orderId = '', revision] = (typeof value === 'string' && TICKED.exec(value)) || [];
    return isUUID(orderId) ? [{ id: orderId, revision: Number(revision), clerkId: id }] : [];
  });
  if (boxes.length === 0) throw new InvalidInput([{ path: 'order', code: 'orders_none_chosen' }]);
  return boxes;
}

function done(body: PageQuery, { done: count, left }: PileCount): SeeOther {
  const path = addressOf(LIST, filterParts(readFilter(body)));
  return seeOther(path, left > 0 ? 'orders:done.manyLeft' : 'orders:done.many', { count, left });
}
