import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Roles } from '../../infra/web/guards.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { Segments } from '../../loyalty/promotions/segments/segments.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { readSegment } from './segment.form.js';
import { conditionWords, monthOptions, sexOptions } from './segment-words.js';

@Controller('admin/promotions/segments')
@Roles('admin', 'manager')
@Layout('backoffice')
export class SegmentsController {
  constructor(private readonly segments: Segments) {}

  @Get()
  @Page('backoffice/promotions/segments', 'backoffice')
  async list(@Req() req: Request): Promise<object> {
    const segments = await this.segments.list();
    return {
      segments: segments.map((segment) => ({ ...segment, words: conditionWords(segment.conditions, req.language) })),
      months: monthOptions(req.language),
      sexes: sexOptions(req.language),
    };
  }

  @Post()
  @FormPage('backoffice/promotions/segments', (it: SegmentsController, req) => it.list(req))
  async save(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { members } = await this.segments.saveSegment(readSegment(body), clerk);
    return seeOther('/admin/promotions/segments', 'promotions:segments.saved', { count: members });
  }
}
