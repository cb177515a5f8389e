import { Body, Controller, Get, Header, Param, Post, Req, StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { PaperTemplates } from '../../papers/paper-templates.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { KnownPaperKind } from './known-paper-kind.js';
import { TemplateDto } from './template.dto.js';
import { TemplatePages } from './template-pages.service.js';
import type { PaperKind } from '../../papers/paper-kind.js';

@Controller('admin/papers')
@OnLine('telecom')
@Roles('admin', 'manager')
@Layout('backoffice')
export class TemplatesController {
  constructor(
    private readonly pages: TemplatePages,
    private readonly templates: PaperTemplates,
  ) {}

  @Get()
  @Page('backoffice/papers/list', 'backoffice')
  list(): Promise<object> {
    return this.pages.list();
  }

  @Get(':kind')
  @Page('backoffice/papers/template', 'backoffice')
  show(@Param('kind', KnownPaperKind) kind: PaperKind, @Req() { language }: Request): Promise<object> {
    return this.pages.template(kind, language);
  }

  @Post(':kind')
  @FormPage('backoffice/papers/template', (it: TemplatesController, req) =>
    it.show(req.params['kind'] as PaperKind, req),
  )
  async save(
    @Param('kind', KnownPaperKind) kind: PaperKind,
    @Body() body: unknown,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    await this.templates.save({ kind, ...validateForm(TemplateDto, body) }, clerk);
    return seeOther(`/admin/papers/${kind}`, 'papers:saved');
  }

  @Get(':kind/preview.pdf')
  @Header('Content-Type', 'application/pdf')
  @Header('Content-Disposition', 'inline')
  async preview(@Param('kind', KnownPaperKind) kind: PaperKind): Promise<StreamableFile> {
    return new StreamableFile(await this.pages.preview(kind));
  }
}
