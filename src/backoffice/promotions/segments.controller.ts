import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { Segments } from '../../loyalty/promotions/segments/segments.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { formOfSegment, readSegment, readSegmentChange } from './segment.form.js';
import { conditionWords, monthOptions, sexOptions } from './segment-words.js';

const LIST = '/admin/promotions/segments';

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
      ...optionsFor(req),
    };
  }

  @Post()
  @FormPage('backoffice/promotions/segments', (it: SegmentsController, req) => it.list(req))
  async save(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { members } = await this.segments.saveSegment(readSegment(body), clerk);
    return seeOther(LIST, 'promotions:segments.saved', { count: members });
  }

  @Get(':id')
  @Page('backoffice/promotions/segment', 'backoffice')
  async show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    const segment = await this.segments.findSegment(id);
    return { segment, fields: formOfSegment(segment), byConditions: segment.conditions !== null, ...optionsFor(req) };
  }

  @Post(':id')
  @FormPage('backoffice/promotions/segment', (it: SegmentsController, req) => it.show(String(req.params['id']), req))
  async change(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const change = readSegmentChange(body, await this.segments.findSegment(id));
    const { members } = await this.segments.changeSegment(id, change, clerk);
    return seeOther(LIST, 'promotions:segments.saved', { count: members });
  }

  @Post(':id/deletion')
  @FormPage('backoffice/promotions/segment', (it: SegmentsController, req) => it.show(String(req.params['id']), req))
  async delete(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.segments.deleteSegment(id, clerk);
    return seeOther(LIST, 'promotions:segments.deleted');
  }
}

function optionsFor({ language }: Request): object {
  return { months: monthOptions(language), sexes: sexOptions(language) };
}
