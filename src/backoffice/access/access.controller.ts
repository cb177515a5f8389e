import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { OpenSessions } from '../../auth/open-sessions/open-sessions.service.js';
import { OfficeCodes } from '../../auth/logins/office-codes.service.js';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { AccessPages } from './access-pages.service.js';
import { IdentityCheckDto } from './identity-check.dto.js';

/** Access to a customer's cabinet restored by staff, who made sure who is asking. */
@Controller('admin/customers/:id/access')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class AccessController {
  constructor(
    private readonly pages: AccessPages,
    private readonly codes: OfficeCodes,
    private readonly sessions: OpenSessions,
  ) {}

  @Get()
  @Page('backoffice/access/access', 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() { language }: Request): Promise<object> {
    return this.pages.access(id, language);
  }

  /** The page with the code on it, this once. */
  @Post()
  @HttpCode(200)
  @FormPage('backoffice/access/access', (it: AccessController, req) => it.show(String(req.params['id']), req))
  @Page('backoffice/access/access', 'backoffice')
  async issueCode(
    @Param('id', KnownId) loginId: string,
    @Body() body: unknown,
    @Clerk() clerk: Actor,
    @Req() { language }: Request,
  ): Promise<object> {
    const { check } = validateForm(IdentityCheckDto, body);
    const page = await this.pages.access(loginId, language);
    return { ...page, code: await this.codes.issue({ loginId, check, clerk, language }) };
  }

  /** Out of every browser that is in. */
  @Post('sessions/closure')
  async closeSessions(
    @Param('id', KnownId) id: string,
    @Clerk() clerk: Actor,
    @Req() { language }: Request,
  ): Promise<SeeOther> {
    await this.pages.access(id, language);
    await this.sessions.closeAll(id, clerk);
    return seeOther(`/admin/customers/${id}/access`, 'sessions:allClosed');
  }
}
