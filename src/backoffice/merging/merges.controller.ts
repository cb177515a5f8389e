import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { MergePages } from './merge-pages.service.js';

/** Two customers become one (B3): search, look at both, confirm. */
@Controller('admin/customers/:id/merge')
@Roles('admin', 'manager')
@Layout('backoffice')
export class MergesController {
  constructor(private readonly pages: MergePages) {}

  @Get()
  @Page('backoffice/merging/search', 'backoffice')
  search(@Param('id', KnownId) id: string, @Query('q') typed: unknown): Promise<object> {
    return this.pages.search(id, typed);
  }

  @Get(':other')
  @Page('backoffice/merging/preview', 'backoffice')
  preview(
    @Param('id', KnownId) id: string,
    @Param('other', KnownId) other: string,
    @Req() req: Request,
  ): Promise<object> {
    return this.pages.preview(id, other, req.language);
  }

  @Post(':other')
  async merge(
    @Param('id', KnownId) id: string,
    @Param('other', KnownId) other: string,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    await this.pages.merge(id, other, clerk.id!);
    return seeOther(`/admin/customers/${id}`, 'merges:done');
  }
}
