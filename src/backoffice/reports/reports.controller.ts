import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { Layout, Page } from '../../infra/web/page.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';
import { DownloadDto } from './download.dto.js';
import { KnownReport } from './known-report.pipe.js';
import type { ReportKind, ReportName } from './report.js';
import { ReportDesk } from './report-desk.service.js';

const CARDS = [
  { name: 'liability', icon: 'coins' },
  { name: 'activity', icon: 'gas-station' },
  { name: 'rules', icon: 'discount' },
  { name: 'members', icon: 'users' },
  { name: 'breakage', icon: 'flame' },
] as const satisfies readonly { name: ReportName; icon: string }[];

@Controller('admin/reports')
@Roles('admin', 'manager', 'accountant')
@Layout('backoffice')
export class ReportsController {
  constructor(private readonly desk: ReportDesk) {}

  @Get()
  @Page('backoffice/reports/list', 'backoffice')
  list(): object {
    return { reports: CARDS };
  }

  @Get(':name')
  @Page('backoffice/reports/report', 'backoffice')
  show(@Param('name', KnownReport) kind: ReportKind, @Query() query: PageQuery, @Req() req: Request): Promise<object> {
    return this.desk.page(kind, query, req.language);
  }

  /** A form and not a link: taking figures away is an act on record. */
  @Post(':name/downloads')
  @HttpCode(200)
  async download(
    @Param('name', KnownReport) kind: ReportKind,
    @Query() query: PageQuery,
    @Body() body: unknown,
    @Clerk() clerk: Actor,
    @Req() req: Request,
  ): Promise<StreamableFile> {
    const choice = validateForm(DownloadDto, body);
    const file = await this.desk.download(kind, query, choice, { clerk, language: req.language });
    return new StreamableFile(file.content, { type: file.type, disposition: `attachment; filename="${file.name}"` });
  }
}
