import { Controller, Get, Param, Query, Req, StreamableFile, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentCustomer, CustomerOnly } from '../infra/web/guards.js';
import { KnownId } from '../infra/web/known-id.pipe.js';
import { Page } from '../infra/web/page.js';
import { type BurningPage, BurningPages } from './burning-page.service.js';
import type { OperationPage } from './operation.views.js';
import { OperationPages } from './operation-page.service.js';
import { StatementExport } from './statement-export.service.js';
import type { StatementQuery } from './statement-filter.js';
import { type StatementPage, StatementPages } from './statement-page.service.js';

@Controller('cabinet/points')
@UseGuards(CustomerOnly)
export class PointsController {
  constructor(
    private readonly statements: StatementPages,
    private readonly operations: OperationPages,
    private readonly burnings: BurningPages,
    private readonly files: StatementExport,
  ) {}

  @Get()
  @Page('cabinet/points', 'cabinet')
  list(@CurrentCustomer() id: string, @Query() query: StatementQuery, @Req() req: Request): Promise<StatementPage> {
    return this.statements.statement(id, query, req.language);
  }

  @Get('statement.csv')
  download(@CurrentCustomer() id: string, @Query() query: StatementQuery, @Req() req: Request): StreamableFile {
    const { name, csv } = this.files.statement(id, query, req.language);
    return new StreamableFile(csv, { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}"` });
  }

  @Get('burning')
  @Page('cabinet/burning', 'cabinet')
  burning(@CurrentCustomer() id: string, @Req() req: Request): Promise<BurningPage> {
    return this.burnings.burning(id, req.language);
  }

  @Get(':id')
  @Page('cabinet/operation', 'cabinet')
  show(
    @CurrentCustomer() customerId: string,
    @Param('id', KnownId) id: string,
    @Req() req: Request,
  ): Promise<OperationPage> {
    return this.operations.operation(customerId, id, req.language);
  }
}
