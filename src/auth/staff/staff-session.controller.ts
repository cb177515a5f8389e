import { Controller, Get, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { FormPage, Page } from '../../infra/web/page.js';
import { safeBack } from '../../infra/web/safe-back.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { logIn, logOut } from '../../infra/web/session.js';
import { StaffLogInForm } from '../dto/staff-log-in.form.js';
import { backIn, type LogInPage, logInPage } from '../logins/log-in.views.js';
import { Admitted, StaffPasswordGuard } from '../password.guard.js';

@Controller('admin/session')
export class StaffSessionController {
  @Get('new')
  @Page('auth/staff-log-in', 'backoffice')
  newSession(@Query('back') back?: string, @Query('ended') ended?: string): LogInPage {
    return logInPage(back, ended === '1');
  }

  @Post()
  @UseGuards(StaffPasswordGuard)
  @FormPage('auth/staff-log-in', (_it: StaffSessionController, req) => logInPage(backIn(req)))
  async createSession(@Req() req: Request, @Admitted(StaffLogInForm) staffId: string): Promise<SeeOther> {
    await logIn(req, { kind: 'staff', id: staffId });
    return seeOther(safeBack(backIn(req), '/admin'));
  }

  @Post('end')
  async endSession(@Req() req: Request): Promise<SeeOther> {
    if (req.viewer) await logOut(req);
    return seeOther('/admin/session/new', 'auth:staffLoggedOut');
  }
}
