import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { TaskDesk } from '../../tasks/desk/task-desk.service.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';
import { AssignmentDto, SeenDto, seen } from '../dto/seen.dto.js';
import { LIST, TaskListPages } from './task-list-pages.service.js';
import { TaskPages } from './task-pages.service.js';
import { CommentDto, FailureDto, SendingDto } from './task.dto.js';

export const VIEW = 'backoffice/tasks/task';
const again = (it: TasksController, req: Request): Promise<object> => it.show(String(req.params['id']), req);

/** Operators' tasks (N5): the queue, one task, and the steps on its way. */
@Controller('admin/tasks')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class TasksController {
  constructor(
    private readonly lists: TaskListPages,
    private readonly pages: TaskPages,
    private readonly desk: TaskDesk,
  ) {}

  @Get()
  @Page('backoffice/tasks/list', 'backoffice')
  list(@Query() query: PageQuery, @Req() { viewer }: Request): Promise<object> {
    return this.lists.list(query, viewer?.id ?? '');
  }

  @Get(':id')
  @Page(VIEW, 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() { viewer }: Request): Promise<object> {
    return this.pages.task(id, viewer?.id ?? '');
  }

  @Post(':id/assignment')
  @FormPage(VIEW, again)
  async assign(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(AssignmentDto, body);
    await this.desk.assign(seen(id, form, clerk), form.assignee ?? null);
    return seeOther(`${LIST}/${id}`, form.assignee ? 'tasks:done.assigned' : 'tasks:done.unassigned');
  }

  @Post(':id/sending')
  @FormPage(VIEW, again)
  async send(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(SendingDto, body);
    await this.desk.send(seen(id, form, clerk), form.sentAs ?? null);
    return seeOther(`${LIST}/${id}`, 'tasks:done.sent');
  }

  @Post(':id/failure')
  @FormPage(VIEW, again)
  async fail(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(FailureDto, body);
    await this.desk.fail(seen(id, form, clerk), form.failure);
    return seeOther(`${LIST}/${id}`, 'tasks:done.failed');
  }

  /** From the exchange of files to people. */
  @Post(':id/clerk')
  @FormPage(VIEW, again)
  async handToClerk(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.handToClerk(seen(id, validateForm(SeenDto, body), clerk));
    return seeOther(`${LIST}/${id}`, 'tasks:done.handedToClerk');
  }

  @Post(':id/comments')
  @FormPage(VIEW, again)
  async comment(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.comment(id, clerk.id ?? '', validateForm(CommentDto, body).comment);
    return seeOther(`${LIST}/${id}`, 'tasks:done.commented');
  }
}
