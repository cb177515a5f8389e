import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { logIn } from '../../infra/web/session.js';
import { InvitationForm } from '../dto/invitation.form.js';
import { STAFF_PASSWORD_LENGTH } from '../passwords/password.rules.js';
import { Invitations, type Invitee } from './invitations.service.js';

interface InvitationPage extends Invitee {
  token: string;
  /** A text's key. */
  roleName: string;
  shortest: number;
}

@Controller('admin/invitation/:token')
export class InvitationController {
  constructor(private readonly invitations: Invitations) {}

  @Get()
  @Page('auth/invitation', 'backoffice')
  async show(@Param('token') token: string): Promise<InvitationPage> {
    const invitee = await this.invitations.find(token);
    return { ...invitee, token, roleName: `auth:roles.${invitee.role}`, shortest: STAFF_PASSWORD_LENGTH };
  }

  @Post()
  @FormPage('auth/invitation', (it: InvitationController, req) => it.show(String(req.params['token'])))
  async accept(@Param('token') token: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const form = validateForm(InvitationForm, body);
    const staffId = await this.invitations.accept(token, { ...form, ip: req.ip ?? '' });
    await logIn(req, { kind: 'staff', id: staffId });
    return seeOther('/admin', 'auth:welcome', { name: form.name });
  }
}
