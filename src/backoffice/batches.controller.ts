import { Body, Controller, Get, HttpCode, Param, Post, Req, StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import { BatchExport } from '../cards/batch-export.service.js';
import { BatchService } from '../cards/batch.service.js';
import { validateForm } from '../infra/web/form.js';
import { Roles } from '../infra/web/guards.js';
import { KnownId } from '../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../infra/web/page.js';
import { seeOther, type SeeOther } from '../infra/web/see-other.js';
import { viewer } from '../infra/web/viewer.js';
import type { Actor } from '../shared/actor.js';
import { CardPages } from './card-pages.service.js';
import { Clerk } from './clerk.js';
import { BatchDto, SendBatchDto } from './dto/batch.dto.js';

const COLUMNS = ['number', 'grouped', 'code', 'batch'] as const;

@Controller('admin/cards/batches')
@Roles('admin', 'manager')
@Layout('backoffice')
export class BatchesController {
  constructor(
    private readonly pages: CardPages,
    private readonly batches: BatchService,
    private readonly exports: BatchExport,
  ) {}

  @Post()
  @FormPage('backoffice/cards', (it: BatchesController, req) => it.pages.cards(viewer(req)?.role, req.query))
  async print(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { batchId: id, ...order } = validateForm(BatchDto, body);
    await this.batches.printBatch({ id, ...order }, clerk);
    return seeOther(`/admin/cards/batches/${id}`, 'backoffice:batches.printed', { count: order.size });
  }

  @Get(':id')
  @Page('backoffice/batch', 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.pages.batch(id, req.query);
  }

  @Post(':id/station')
  @FormPage('backoffice/batch', (it: BatchesController, req) => it.show(String(req.params['id']), req))
  async send(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.batches.sendToStation(id, validateForm(SendBatchDto, body).stationId, clerk);
    return seeOther(`/admin/cards/batches/${id}`, 'backoffice:batches.sent');
  }

  /** A form and not a link: taking the list, possession codes and all, is an act on record. */
  @Post(':id/exports')
  @HttpCode(200)
  async export(@Param('id', KnownId) id: string, @Req() req: Request, @Clerk() clerk: Actor): Promise<StreamableFile> {
    const headings = COLUMNS.map((column) => req.t(`backoffice:batches.columns.${column}`));
    const { name, csv } = await this.exports.exportBatch(id, headings, clerk);
    return new StreamableFile(csv, { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}"` });
  }
}
