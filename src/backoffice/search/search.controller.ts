import { Controller, Get, Query, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { StaffOnly } from '../../infra/web/guards.js';
import { Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { FrontDesk } from './front-desk.service.js';
import type { Searcher } from './found.js';

const LONGEST = 100;

@Controller('admin/search')
@UseGuards(StaffOnly)
export class SearchController {
  constructor(private readonly desk: FrontDesk) {}

  @Get()
  async find(@Query('q') typed: unknown, @Req() req: Request): Promise<SeeOther> {
    return seeOther(await this.desk.whereIs(wordsOf(typed), searcherOf(req)));
  }

  @Get('results')
  @Page('backoffice/search', 'backoffice')
  results(@Query('q') typed: unknown, @Req() req: Request): Promise<object> {
    return this.desk.results(wordsOf(typed), searcherOf(req));
  }
}

function wordsOf(typed: unknown): string {
  return typeof typed === 'string' ? typed.replace(/\p{C}/gu, '').trim().slice(0, LONGEST) : '';
}

function searcherOf({ viewer = null, language }: Request): Searcher {
  return { viewer, language };
}
