import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Companies } from '../../customers/companies/companies.service.js';
import type { Requisites } from '../../customers/companies/requisites.js';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { EsiaStates } from '../../lines/esia/esia-states.service.js';
import { LineUserForm } from '../../lines/users/line-user.form.js';
import { LineUsers } from '../../lines/users/line-users.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { addressOf, type PageQuery, textOf } from '../page-query.js';
import { CompanyDto, EsiaDto, SeenCompanyDto } from './company.dto.js';
import { CompanyPages, companyPath } from './company-pages.service.js';

const COMPANY = 'backoffice/companies/company';
const LINE = 'backoffice/companies/line';
const idOf = (req: Request): string => String(req.params['id']);
const again = (it: CompanyController, req: Request): Promise<object> =>
  it.show(idOf(req), (req.body ?? {}) as PageQuery, req);
const sameLine = (it: CompanyController, req: Request): Promise<object> =>
  it.line(idOf(req), String(req.params['line']), req);

/** The company that a customer is: its requisites, its lines, who uses them, and how far they are with ESIA. */
@Controller('admin/customers/:id/company')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class CompanyController {
  constructor(
    private readonly pages: CompanyPages,
    private readonly companies: Companies,
    private readonly esia: EsiaStates,
    private readonly lineUsers: LineUsers,
  ) {}

  @Get()
  @Page(COMPANY, 'backoffice')
  show(@Param('id', KnownId) id: string, @Query() query: PageQuery, @Req() req: Request): Promise<object> {
    return this.pages.company(id, query, req.language);
  }

  @Post()
  @FormPage(COMPANY, again)
  async save(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(CompanyDto, body);
    await this.companies.save({ customerId: id, revision: form.revision || null }, requisitesOf(form), clerk);
    return seeOther(companyPath(id), 'companies:done.saved');
  }

  @Post('closing')
  @FormPage(COMPANY, again)
  async close(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { revision } = validateForm(SeenCompanyDto, body);
    await this.companies.close({ customerId: id, revision }, clerk);
    return seeOther(`/admin/customers/${id}`, 'companies:done.closed');
  }

  @Post('esia')
  @FormPage(COMPANY, again)
  async move(@Param('id', KnownId) id: string, @Body() body: PageQuery, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { line, to } = validateForm(EsiaDto, body);
    const count = await this.esia.move(id, line, to, clerk);
    const back = addressOf(companyPath(id), { q: textOf(body, 'q'), show: textOf(body, 'show') });
    return seeOther(back, 'companies:done.moved', { count });
  }

  @Get('lines/:line')
  @Page(LINE, 'backoffice')
  line(@Param('id', KnownId) id: string, @Param('line', KnownId) lineId: string, @Req() req: Request): Promise<object> {
    return this.pages.line(id, lineId, req.language);
  }

  @Post('lines/:line/user')
  @FormPage(LINE, sameLine)
  async name(
    @Param('id', KnownId) id: string,
    @Param('line', KnownId) lineId: string,
    @Body() body: unknown,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    const { userName: name, userKind: kind, userNote: note = null } = validateForm(LineUserForm, body);
    await this.lineUsers.name(id, lineId, { name, kind, note }, clerk);
    return seeOther(companyPath(id), 'companies:done.named');
  }

  @Post('lines/:line/user/removal')
  @FormPage(LINE, sameLine)
  async clear(
    @Param('id', KnownId) id: string,
    @Param('line', KnownId) lineId: string,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    await this.lineUsers.name(id, lineId, null, clerk);
    return seeOther(companyPath(id), 'companies:done.cleared');
  }
}

function requisitesOf(form: CompanyDto): Requisites {
  const { name, inn, fullName = null, kpp = null, ogrn = null, address = null, email = null } = form;
  const { bik = null, account = null, correspondent = null, signer = null, signerBasis = null } = form;
  return { name, inn, fullName, kpp, ogrn, address, bik, account, correspondent, signer, signerBasis, email };
}
