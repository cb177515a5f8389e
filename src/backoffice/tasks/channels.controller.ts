import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { Operators } from '../../tariffs/operators.service.js';
import { IncomingFiles } from '../../tasks/exchange/incoming-files.service.js';
import { OutgoingFiles } from '../../tasks/exchange/outgoing-files.service.js';
import { OperatorChannels } from '../../tasks/operator-channels.service.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';
import { ChannelPages, OPERATORS } from './channel-pages.service.js';
import { ChannelDto } from './task.dto.js';

const VIEW = 'backoffice/tasks/operator';
const FILES = '/admin/tasks/files';
const again = (it: ChannelsController, req: Request): Promise<object> => it.show(String(req.params['id']), {}, req);

/** How each operator is reached, how well it works, and files by hand. */
@Controller('admin/tasks/operators')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class ChannelsController {
  constructor(
    private readonly pages: ChannelPages,
    private readonly operators: Operators,
    private readonly channels: OperatorChannels,
    private readonly outgoing: OutgoingFiles,
    private readonly incoming: IncomingFiles,
  ) {}

  @Get()
  @Page('backoffice/tasks/operators', 'backoffice')
  list(): Promise<object> {
    return this.pages.list();
  }

  @Get(':id')
  @Page(VIEW, 'backoffice')
  show(@Param('id', KnownId) id: string, @Query() query: PageQuery, @Req() { language }: Request): Promise<object> {
    return this.pages.operator(id, query, language);
  }

  @Post(':id')
  @Roles('admin', 'manager')
  @FormPage(VIEW, again)
  async agree(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { name } = await this.operators.findOperator(id);
    await this.channels.set(id, validateForm(ChannelDto, body), clerk);
    return seeOther(`${OPERATORS}/${id}`, 'tasks:done.agreed', { name });
  }

  /** What waits goes into a file at once, to be fetched and brought to the operator by hand. */
  @Post(':id/files')
  @FormPage(VIEW, again)
  async gather(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.operators.findOperator(id);
    const fileId = await this.outgoing.gather(id, clerk);
    if (fileId === null) return seeOther(`${OPERATORS}/${id}`, 'tasks:done.nothingWaits');
    return seeOther(`${FILES}/${fileId}`, 'tasks:done.fileMade');
  }

  /** «Загрузить ответ оператора»: nothing is done with it yet. */
  @Post(':id/answers')
  @FormPage(VIEW, again)
  async upload(@Param('id', KnownId) id: string, @Req() req: Request, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.operators.findOperator(id);
    if (!req.upload) throw new InvalidInput([{ path: 'file', code: 'task_file_needed' }]);
    const { name, bytes } = req.upload;
    const kept = await this.incoming.keep({ operatorId: id, name, bytes, staffId: clerk.id ?? null });
    const path = `${FILES}/${kept.id}`;
    return kept.knownAs === null ? seeOther(path) : seeOther(path, 'tasks:done.fileKnown', { name: kept.knownAs });
  }
}
