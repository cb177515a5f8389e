import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, StreamableFile, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { EsiaStates } from '../../lines/esia/esia-states.service.js';
import { LineUserForm } from '../../lines/users/line-user.form.js';
import { LineUsers } from '../../lines/users/line-users.service.js';
import { UserSheets } from '../../lines/users/user-sheets.service.js';
import { type Asked, CompanyPages } from './company-pages.service.js';
import { PastedForm } from './pasted.form.js';

const PATH = '/cabinet/company';
const LINE = 'cabinet/company/line';
const USERS = 'cabinet/company/users';
const sameLine = (it: CompanyController, req: Request): Promise<object> =>
  it.line(req.viewer!.id, String(req.params['line']), req);
const empty = (it: CompanyController, req: Request): Promise<object> => it.users(req.viewer!.id);

/** A company's own page (T16): its requisites, its numbers, who uses them, and what ESIA has to know. */
@Controller('cabinet/company')
@OnLine('telecom')
@UseGuards(CustomerOnly)
@Layout('cabinet')
export class CompanyController {
  constructor(
    private readonly pages: CompanyPages,
    private readonly lineUsers: LineUsers,
    private readonly esia: EsiaStates,
    private readonly sheets: UserSheets,
  ) {}

  @Get()
  @Page('cabinet/company/company', 'cabinet')
  show(@CurrentCustomer() id: string, @Query() query: Asked, @Req() req: Request): Promise<object> {
    return this.pages.company(id, query, req.language);
  }

  @Get('users.csv')
  async download(@CurrentCustomer() id: string, @Req() req: Request): Promise<StreamableFile> {
    const csv = await this.sheets.file(id, req.language);
    return new StreamableFile(csv, {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="users.csv"',
    });
  }

  @Get('users')
  @Page(USERS, 'cabinet')
  users(@CurrentCustomer() id: string): Promise<object> {
    return this.pages.users(id, null);
  }

  /** Nothing is written: the page says what would change. */
  @Post('users/check')
  @HttpCode(200)
  @Page(USERS, 'cabinet')
  @FormPage(USERS, empty)
  check(@CurrentCustomer() id: string, @Body() body: unknown): Promise<object> {
    return this.pages.users(id, validateForm(PastedForm, body).rows);
  }

  @Post('users')
  @FormPage(USERS, empty)
  async apply(@CurrentCustomer() id: string, @Body() body: unknown): Promise<SeeOther> {
    const { rows } = validateForm(PastedForm, body);
    const count = await this.sheets.apply(id, rows, { kind: 'customer', id });
    return seeOther(PATH, 'companies:done.applied', { count });
  }

  @Get('lines/:line')
  @Page(LINE, 'cabinet')
  line(@CurrentCustomer() id: string, @Param('line', KnownId) lineId: string, @Req() req: Request): Promise<object> {
    return this.pages.line(id, lineId, req.language);
  }

  @Post('lines/:line/user')
  @FormPage(LINE, sameLine)
  async name(
    @CurrentCustomer() id: string,
    @Param('line', KnownId) lineId: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { userName: name, userKind: kind, userNote: note = null } = validateForm(LineUserForm, body);
    await this.lineUsers.name(id, lineId, { name, kind, note }, { kind: 'customer', id });
    return seeOther(`${PATH}/lines/${lineId}`, 'companies:done.named');
  }

  @Post('lines/:line/user/removal')
  @FormPage(LINE, sameLine)
  async clear(@CurrentCustomer() id: string, @Param('line', KnownId) lineId: string): Promise<SeeOther> {
    await this.lineUsers.name(id, lineId, null, { kind: 'customer', id });
    return seeOther(`${PATH}/lines/${lineId}`, 'companies:done.cleared');
  }

  @Post('lines/:line/esia')
  @FormPage(LINE, sameLine)
  async submitted(@CurrentCustomer() id: string, @Param('line', KnownId) lineId: string): Promise<SeeOther> {
    await this.esia.move(id, [lineId], 'submitted', { kind: 'customer', id });
    return seeOther(`${PATH}/lines/${lineId}`, 'companies:done.submitted');
  }
}
