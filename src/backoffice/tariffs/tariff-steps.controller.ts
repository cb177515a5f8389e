import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { TariffDrafts } from '../../tariffs/tariff-drafts.service.js';
import { TariffPublishing } from '../../tariffs/tariff-publishing.service.js';
import { Clerk } from '../clerk.js';
import { PublicationDto } from './publication.dto.js';
import { TariffDesk } from './tariff-desk.service.js';

const VIEW = 'backoffice/tariffs/tariff';
const SHOWN_AGAIN = (it: TariffStepsController, req: Request): Promise<object> => it.show(req);

/** From the draft to the archive. */
@Controller('admin/tariffs/:id')
@OnLine('telecom')
@Roles('admin', 'manager')
@Layout('backoffice')
export class TariffStepsController {
  constructor(
    private readonly desk: TariffDesk,
    private readonly drafts: TariffDrafts,
    private readonly publishing: TariffPublishing,
  ) {}

  @Post('publication')
  @FormPage(VIEW, SHOWN_AGAIN)
  async publish(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.desk.mustExist(id);
    const { revision, when, day } = validateForm(PublicationDto, body);
    const from = when === 'now' ? null : this.desk.startOf(day);
    await this.publishing.publishDraft(id, Number(revision), from, clerk);
    return seeOther(`/admin/tariffs/${id}`, from ? 'tariffs:admin.publishedLater' : 'tariffs:admin.published');
  }

  @Post('draft/removal')
  @FormPage(VIEW, SHOWN_AGAIN)
  async discard(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { revision } = body as { revision?: string };
    const left = await this.drafts.discardDraft(id, Number(revision), clerk);
    return seeOther(left ? `/admin/tariffs/${id}` : '/admin/tariffs', 'tariffs:admin.discarded');
  }

  @Post('versions/:versionId/withdrawal')
  @FormPage(VIEW, SHOWN_AGAIN)
  async withdraw(
    @Param('id', KnownId) id: string,
    @Param('versionId', KnownId) versionId: string,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    await this.publishing.withdrawVersion(id, versionId, clerk);
    return seeOther(`/admin/tariffs/${id}`, 'tariffs:admin.versionWithdrawn');
  }

  @Post('closure')
  @FormPage(VIEW, SHOWN_AGAIN)
  async archive(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.publishing.archiveTariff(id, clerk);
    return seeOther(`/admin/tariffs/${id}`, 'tariffs:admin.archived');
  }

  @Post('reopening')
  @FormPage(VIEW, SHOWN_AGAIN)
  async reopen(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.publishing.reopenTariff(id, clerk);
    return seeOther(`/admin/tariffs/${id}`, 'tariffs:admin.reopened');
  }

  show(@Req() req: Request): Promise<object> {
    return this.desk.show(String(req.params['id']), req.language);
  }
}
