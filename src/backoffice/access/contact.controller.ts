import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CodeForm } from '../../auth/dto/code.form.js';
import { StaffPhoneChanges } from '../../auth/phone-change/staff-phone-changes.service.js';
import type { ClerkOfChange } from '../../auth/phone-change/staff-phone-rules.service.js';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { AccessPages } from './access-pages.service.js';
import { NewContactDto } from './new-contact.dto.js';

const CustomerId = (): ParameterDecorator => Param('id', KnownId);
const pathOf = (id: string): string => `/admin/customers/${id}/access/phone`;

/** The contact phone of somebody who lost the old one (A11). */
@Controller('admin/customers/:id/access/phone')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class ContactController {
  constructor(
    private readonly pages: AccessPages,
    private readonly changes: StaffPhoneChanges,
  ) {}

  @Get()
  @Page('backoffice/access/phone', 'backoffice')
  show(@CustomerId() id: string, @Req() { language }: Request): Promise<object> {
    return this.pages.access(id, language);
  }

  @Post()
  @FormPage('backoffice/access/phone', (it: ContactController, req) => it.show(String(req.params['id']), req))
  async begin(@CustomerId() id: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const { phone, check } = validateForm(NewContactDto, body);
    const changeId = await this.changes.begin(await this.clerk(id, req), phone, check);
    return seeOther(`${pathOf(id)}/${changeId}`);
  }

  @Get(':change')
  @Page('backoffice/access/phone-code', 'backoffice')
  async typeCode(
    @CustomerId() id: string,
    @Param('change', KnownId) change: string,
    @Req() req: Request,
  ): Promise<object> {
    const { phone } = await this.changes.find(change, await this.clerk(id, req));
    return { ...(await this.pages.access(id, req.language)), change, newPhone: phone };
  }

  @Post(':change')
  @FormPage('backoffice/access/phone-code', (it: ContactController, req) =>
    it.typeCode(String(req.params['id']), String(req.params['change']), req),
  )
  async finish(
    @CustomerId() id: string,
    @Param('change', KnownId) change: string,
    @Body() body: unknown,
    @Req() req: Request,
  ): Promise<SeeOther> {
    const { code } = validateForm(CodeForm, body);
    await this.changes.finish(change, await this.clerk(id, req), code);
    return seeOther(`/admin/customers/${id}/access`, 'phone-change:staff.done');
  }

  private async clerk(loginId: string, { viewer }: Request): Promise<ClerkOfChange> {
    const { id: staffId, role } = viewer!;
    return { staffId, role, loginId, language: await this.pages.languageOf(loginId) };
  }
}
