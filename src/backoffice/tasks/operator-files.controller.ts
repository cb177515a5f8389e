import { Controller, Get, Header, Param, Post, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { IncomingFiles } from '../../tasks/exchange/incoming-files.service.js';
import { OperatorFiles } from '../../tasks/exchange/operator-files.service.js';
import { Clerk } from '../clerk.js';
import { FilePages } from './file-pages.service.js';

const VIEW = 'backoffice/tasks/file';

/** A file that went to an operator or came from one. */
@Controller('admin/tasks/files')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class OperatorFilesController {
  constructor(
    private readonly pages: FilePages,
    private readonly files: OperatorFiles,
    private readonly incoming: IncomingFiles,
  ) {}

  /** `/admin/tasks/files/0190….csv` */
  @Get(':id.csv')
  @Header('X-Content-Type-Options', 'nosniff')
  async download(
    @Param('id', KnownId) id: string,
    @Clerk() clerk: Actor,
    @Res({ passthrough: true }) res: Response,
  ): Promise<StreamableFile> {
    const { name, bytes } = await this.files.open(id, clerk);
    res.attachment(name).type('text/csv');
    return new StreamableFile(bytes);
  }

  @Get(':id')
  @Page(VIEW, 'backoffice')
  show(@Param('id', KnownId) id: string): Promise<object> {
    return this.pages.file(id);
  }

  /** «Не принимать». */
  @Post(':id/refusal')
  @FormPage(VIEW, (it: OperatorFilesController, req: Request) => it.show(String(req.params['id'])))
  async putAside(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.incoming.putAside(id, clerk);
    return seeOther(`/admin/tasks/files/${id}`, 'tasks:done.fileAside');
  }

  /** Takes what an uploaded file says. */
  @Post(':id/taking')
  @FormPage(VIEW, (it: OperatorFilesController, req: Request) => it.show(String(req.params['id'])))
  async take(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    const faults = await this.incoming.take(id, clerk);
    return seeOther(`/admin/tasks/files/${id}`, faults > 0 ? 'tasks:done.fileFaulty' : 'tasks:done.fileTaken', {
      count: faults,
    });
  }
}
