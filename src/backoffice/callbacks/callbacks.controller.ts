import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { CallbackDesk, type SeenCallback } from '../../support/callbacks/callback-desk.service.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';
import { CallbackPages, type Reader } from './callback-pages.service.js';
import { CommentDto, CompletionDto, DialDto, SeenDto } from './callback.dto.js';

const LIST = '/admin/callbacks';
const VIEW = 'backoffice/callbacks/callback';
const again = (it: CallbacksController, req: Request) => it.show(String(req.params['id']), req);

@Controller('admin/callbacks')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class CallbacksController {
  constructor(
    private readonly pages: CallbackPages,
    private readonly desk: CallbackDesk,
  ) {}

  @Get()
  @Page('backoffice/callbacks/list', 'backoffice')
  list(@Query() query: PageQuery, @Req() req: Request): Promise<object> {
    return this.pages.queue(query, readerOf(req));
  }

  /** The notice alone, for pages that ask again by themselves. */
  @Get('overdue')
  @Page('backoffice/callbacks/overdue', 'backoffice')
  overdue(): Promise<object> {
    return this.pages.overdue();
  }

  @Get(':id')
  @Page(VIEW, 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.pages.callback(id, readerOf(req));
  }

  @Post(':id/claim')
  @FormPage(VIEW, again)
  async claim(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.claim(seen(id, validateForm(SeenDto, body), clerk));
    return seeOther(`${LIST}/${id}`, 'callbacks:done.claimed');
  }

  @Post(':id/release')
  @FormPage(VIEW, again)
  async release(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.release(seen(id, validateForm(SeenDto, body), clerk));
    return seeOther(LIST, 'callbacks:done.released');
  }

  @Post(':id/dials')
  @FormPage(VIEW, again)
  async dial(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(DialDto, body);
    const { result, nextTry = null, dialNote: note = null } = form;
    await this.desk.recordDial(seen(id, form, clerk), { result, nextTry, note });
    return seeOther(LIST, `callbacks:done.${result === 'wrong_number' ? 'wrongNumber' : 'dialled'}`);
  }

  @Post(':id/completion')
  @FormPage(VIEW, again)
  async complete(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(CompletionDto, body);
    await this.desk.complete(seen(id, form, clerk), { outcome: form.outcome, note: form.outcomeNote ?? null });
    return seeOther(LIST, 'callbacks:done.completed');
  }

  @Post(':id/comments')
  @FormPage(VIEW, again)
  async comment(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.comment(id, clerk.id ?? '', validateForm(CommentDto, body).comment);
    return seeOther(`${LIST}/${id}`, 'callbacks:done.commented');
  }
}

function readerOf({ viewer, language }: Request): Reader {
  return { id: viewer?.id ?? '', language };
}

function seen(id: string, { version }: SeenDto, clerk: Actor): SeenCallback {
  return { id, version, clerkId: clerk.id ?? '' };
}
