import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { OrderDesk } from '../../orders/desk/order-desk.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';
import { AssignmentDto, seen } from '../dto/seen.dto.js';
import { OrderListPages } from './order-list-pages.service.js';
import { OrderPages } from './order-pages.service.js';
import { CallDto, CommentDto, MoveDto } from './order.dto.js';
import { afterStep, LIST } from './order-views.js';

const VIEW = 'backoffice/orders/order';
const again = (it: OrdersController, req: Request): Promise<object> => it.show(String(req.params['id']), {}, req);

/** The order desk (T3): the list, one order, and what is said and decided about it. */
@Controller('admin/orders')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class OrdersController {
  constructor(
    private readonly lists: OrderListPages,
    private readonly pages: OrderPages,
    private readonly desk: OrderDesk,
  ) {}

  @Get()
  @Page('backoffice/orders/list', 'backoffice')
  list(@Query() query: PageQuery, @Req() { viewer }: Request): Promise<object> {
    return this.lists.list(query, viewer?.id ?? '');
  }

  @Get(':id')
  @Page(VIEW, 'backoffice')
  show(@Param('id', KnownId) id: string, @Query() query: PageQuery, @Req() req: Request): Promise<object> {
    return this.pages.order(id, query, { id: req.viewer?.id ?? '', language: req.language });
  }

  @Post(':id/assignment')
  @FormPage(VIEW, again)
  async assign(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(AssignmentDto, body);
    await this.desk.assign(seen(id, form, clerk), form.assignee ?? null);
    return seeOther(`${LIST}/${id}`, form.assignee ? 'orders:done.assigned' : 'orders:done.unassigned');
  }

  @Post(':id/call')
  @FormPage(VIEW, again)
  async setCall(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(CallDto, body);
    await this.desk.setCall(seen(id, form, clerk), this.pages.callTime(form.callAt));
    return seeOther(`${LIST}/${id}`, form.callAt ? 'orders:done.callSet' : 'orders:done.callCleared');
  }

  @Post(':id/comments')
  @FormPage(VIEW, again)
  async comment(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.comment(id, clerk.id ?? '', validateForm(CommentDto, body).comment);
    return seeOther(`${LIST}/${id}`, 'orders:done.commented');
  }

  @Post(':id/moves')
  @FormPage(VIEW, again)
  async move(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(MoveDto, body);
    const { to, reason = null, refusal = null } = form;
    await this.desk.move(seen(id, form, clerk), { to, reason, refusal });
    return seeOther(afterStep(id, body), 'orders:done.moved');
  }
}
