import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { COLUMNS } from '../../loyalty/claims/receipt-file.js';
import { ReceiptUploads } from '../../loyalty/claims/receipt-uploads.service.js';
import type { Actor } from '../../shared/actor.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { Clerk } from '../clerk.js';
import { pagePaths, type PageQuery } from '../page-query.js';
import { ReceiptQueries } from './receipts.queries.js';

/** Stations' receipts, by which claims of customers who forgot their card are confirmed. */
@Controller('admin/receipts')
@Roles('admin', 'manager')
export class ReceiptsController {
  constructor(
    private readonly queries: ReceiptQueries,
    private readonly uploads: ReceiptUploads,
  ) {}

  @Get()
  @Page('backoffice/receipts', 'backoffice')
  async list(@Query() query: PageQuery): Promise<object> {
    const [page, waiting, reviewed, returned] = await Promise.all([
      this.queries.uploads(query['after']),
      this.queries.waiting(),
      this.queries.reviewed(),
      this.queries.returned(),
    ]);
    return {
      uploads: page.rows,
      // The receipt's time is local: read as if it were UTC, it is shown as it is printed.
      waiting: waiting.map((row) => ({ ...row, printedAt: `${row.printed_at.replace(' ', 'T')}Z` })),
      reviewed,
      returned,
      columns: COLUMNS,
      ...pagePaths('/admin/receipts', {}, query, page),
    };
  }

  /** The file is only checked: the next page says what it holds, and imports it. */
  @Post()
  @FormPage('backoffice/receipts', (it: ReceiptsController, req) => it.list(req.query))
  async check(@Req() req: Request, @Clerk() clerk: Actor): Promise<SeeOther> {
    if (!req.upload) throw new InvalidInput([{ path: 'file', code: 'receipt_file_needed' }]);
    const id = await this.uploads.check(req.upload.name, req.upload.bytes, clerk);
    return seeOther(`/admin/receipts/${id}`);
  }

  @Get(':id')
  @Page('backoffice/receipt-upload', 'backoffice')
  async show(@Param('id', KnownId) id: string): Promise<object> {
    const upload = await this.queries.upload(id);
    if (!upload) throw new DomainError('receipt_upload_not_found', 'not_found');
    const faults = upload.faults.map((fault) => ({ ...fault, textKey: `claims:upload.faults.${fault.code}` }));
    return { upload: { ...upload, faults, checked: upload.state === 'checked' } };
  }

  @Post(':id/import')
  @FormPage('backoffice/receipt-upload', (it: ReceiptsController, req) => it.show(String(req.params['id'])))
  async import(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { added } = await this.uploads.importChecked(id, clerk);
    return seeOther(`/admin/receipts/${id}`, 'claims:upload.imported', { count: added });
  }
}
