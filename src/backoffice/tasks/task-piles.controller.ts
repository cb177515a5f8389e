import { Body, Controller, Post } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { Request } from 'express';
import type { PileCount } from '../../infra/database/pile.js';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { SeenTask } from '../../tasks/desk/task-desk.service.js';
import { TaskPiles } from '../../tasks/desk/task-piles.service.js';
import { Clerk } from '../clerk.js';
import { addressOf, type PageQuery } from '../page-query.js';
import { filterParts, readFilter } from './task-filter.js';
import { LIST, TaskListPages } from './task-list-pages.service.js';
import { PileSendingDto } from './task.dto.js';

const VIEW = 'backoffice/tasks/list';
const again = (it: TaskPilesController, req: Request): Promise<object> => it.list(req);
const TICKED = /^([0-9a-f-]{36})\.([1-9]\d{0,8})$/;

/** Many tasks at once, from their list: those whose boxes are ticked. */
@Controller('admin/tasks/many')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class TaskPilesController {
  constructor(
    private readonly lists: TaskListPages,
    private readonly piles: TaskPiles,
  ) {}

  list(req: Request): Promise<object> {
    return this.lists.list((req.body ?? {}) as PageQuery, req.viewer?.id ?? '');
  }

  @Post('assignment')
  @FormPage(VIEW, again)
  async take(@Body() body: PageQuery, @Clerk() clerk: Actor): Promise<SeeOther> {
    return done(body, await this.piles.take(ticked(body, clerk)));
  }

  @Post('sending')
  @FormPage(VIEW, again)
  async send(@Body() body: PageQuery, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { sentAs = null } = validateForm(PileSendingDto, body);
    return done(body, await this.piles.send(ticked(body, clerk), sentAs));
  }
}

/** The boxes that are ticked, each with the revision that the clerk saw. */
function ticked(body: PageQuery, { id = '' }: Actor): SeenTask[] {
  const boxes = [body['task'] ?? []].flat().flatMap((value) => {
    const [, taskId = '', revision] = (typeof value === 'string' && TICKED.exec(value)) || [];
    return isUUID(taskId) ? [{ id: taskId, revision: Number(revision), clerkId: id }] : [];
  });
  if (boxes.length === 0) throw new InvalidInput([{ path: 'task', code: 'tasks_none_chosen' }]);
  return boxes;
}

function done(body: PageQuery, { done: count, left }: PileCount): SeeOther {
  const path = addressOf(LIST, filterParts(readFilter(body)));
  return seeOther(path, left > 0 ? 'tasks:done.manyLeft' : 'tasks:done.many', { count, left });
}
