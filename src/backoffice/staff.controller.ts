import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Dismissals } from '../auth/staff/dismissals.service.js';
import { Invitations } from '../auth/staff/invitations.service.js';
import { validateForm } from '../infra/web/form.js';
import { Roles } from '../infra/web/guards.js';
import { KnownId } from '../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../infra/web/page.js';
import { seeOther, type SeeOther } from '../infra/web/see-other.js';
import type { Actor } from '../shared/actor.js';
import { Clerk } from './clerk.js';
import { InvitationDto, staffRoles } from './dto/invitation.dto.js';
import { StaffQueries } from './queries/staff.queries.js';

@Controller('admin/staff')
@Roles('admin')
@Layout('backoffice')
export class StaffController {
  constructor(
    private readonly invitations: Invitations,
    private readonly dismissals: Dismissals,
    private readonly queries: StaffQueries,
  ) {}

  @Get()
  @Page('backoffice/staff', 'backoffice')
  async list(): Promise<object> {
    return { staff: await this.queries.staff(), invitations: await this.queries.openInvitations(), roles: staffRoles };
  }

  /** No redirect: the link exists on this very page and nowhere else. */
  @Post('invitations')
  @HttpCode(201)
  @Page('backoffice/staff', 'backoffice')
  @FormPage('backoffice/staff', (it: StaffController) => it.list())
  async invite(@Body() body: unknown, @Clerk() clerk: Actor): Promise<object> {
    const invitee = validateForm(InvitationDto, body);
    const worksAs = await this.queries.roleOf(invitee.email);
    const link = await this.invitations.invite(invitee, clerk);
    return { ...(await this.list()), invited: { ...invitee, link, worksAs } };
  }

  @Post('invitations/:id/withdrawal')
  async withdraw(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { email } = await this.invitations.withdraw(id, clerk);
    return seeOther('/admin/staff', 'backoffice:staff.withdrawn', { email });
  }

  @Post(':id/dismissal')
  async dismiss(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { name } = await this.dismissals.dismiss(id, clerk);
    return seeOther('/admin/staff', 'backoffice:staff.dismissed', { name });
  }
}
