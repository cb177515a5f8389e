import { Body, Controller, Get, Header, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { TaskDesk } from '../../tasks/desk/task-desk.service.js';
import { TaskProofs } from '../../tasks/desk/task-proofs.service.js';
import { Clerk } from '../clerk.js';
import { seen } from '../dto/seen.dto.js';
import { LIST } from './task-list-pages.service.js';
import { TaskPages } from './task-pages.service.js';
import { CancellationDto, CompletionDto, RefusalDto } from './task.dto.js';
import { VIEW } from './tasks.controller.js';

const again = (it: TaskEndingsController, req: Request): Promise<object> => it.show(req);

/** How a task ends, and what proves it. */
@Controller('admin/tasks/:id')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class TaskEndingsController {
  constructor(
    private readonly pages: TaskPages,
    private readonly desk: TaskDesk,
    private readonly proofs: TaskProofs,
  ) {}

  show(req: Request): Promise<object> {
    return this.pages.task(String(req.params['id']), req.viewer?.id ?? '');
  }

  @Post('completion')
  @FormPage(VIEW, again)
  async done(@Param('id', KnownId) id: string, @Req() req: Request, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(CompletionDto, req.body);
    const { words = null, reference = null } = form;
    await this.desk.done(seen(id, form, clerk), { words, reference, proof: req.upload ?? null });
    return seeOther(`${LIST}/${id}`, 'tasks:done.done');
  }

  @Post('refusal')
  @FormPage(VIEW, again)
  async refuse(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(RefusalDto, body);
    await this.desk.refuse(seen(id, form, clerk), form.refusal);
    return seeOther(`${LIST}/${id}`, 'tasks:done.refused');
  }

  @Post('cancellation')
  @FormPage(VIEW, again)
  async callOff(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(CancellationDto, body);
    await this.desk.callOff(seen(id, form, clerk), form.reason);
    return seeOther(`${LIST}/${id}`, 'tasks:done.calledOff');
  }

  @Post('proofs')
  @FormPage(VIEW, again)
  async addProof(@Param('id', KnownId) id: string, @Req() req: Request, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.pages.task(id, '');
    if (!req.upload) throw new InvalidInput([{ path: 'file', code: 'task_file_needed' }]);
    await this.proofs.attach({ id, clerkId: clerk.id ?? '' }, req.upload);
    return seeOther(`${LIST}/${id}#proofs`, 'tasks:done.proofAdded');
  }

  /** To keep, never to show in a page of ours: what stands in it was made by strangers. */
  @Get('proofs/:proof')
  @Header('X-Content-Type-Options', 'nosniff')
  async proof(
    @Param('id', KnownId) id: string,
    @Param('proof', KnownId) proofId: string,
    @Clerk() clerk: Actor,
    @Res({ passthrough: true }) res: Response,
  ): Promise<StreamableFile> {
    const { name, media_type, bytes } = await this.proofs.open(id, proofId, clerk);
    res.attachment(name).type(media_type);
    return new StreamableFile(bytes);
  }
}
