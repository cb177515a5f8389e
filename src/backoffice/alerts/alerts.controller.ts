import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { FraudAlerts } from '../../loyalty/fraud/fraud-alerts.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';
import { VerdictDto } from './alert.dto.js';
import { AlertPages } from './alert-pages.service.js';

@Controller('admin/alerts')
@Roles('admin', 'manager')
@Layout('backoffice')
export class AlertsController {
  constructor(
    private readonly pages: AlertPages,
    private readonly alerts: FraudAlerts,
  ) {}

  @Get()
  @Page('backoffice/alerts/list', 'backoffice')
  list(@Query() query: PageQuery, @Req() req: Request): Promise<object> {
    return this.pages.alerts(query, req.language);
  }

  @Get(':id')
  @Page('backoffice/alerts/alert', 'backoffice')
  show(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.pages.alert(id, req.language);
  }

  @Post(':id/look')
  @FormPage('backoffice/alerts/alert', (it: AlertsController, req) => it.show(String(req.params['id']), req))
  async look(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.alerts.judge(id, 'looked_at', validateForm(VerdictDto, body).note ?? null, clerk);
    return seeOther(`/admin/alerts/${id}`, 'fraud:done.looked_at');
  }

  @Post(':id/dismissal')
  @FormPage('backoffice/alerts/alert', (it: AlertsController, req) => it.show(String(req.params['id']), req))
  async dismiss(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.alerts.judge(id, 'dismissed', validateForm(VerdictDto, body).note ?? null, clerk);
    return seeOther(`/admin/alerts/${id}`, 'fraud:done.dismissed');
  }

  @Post(':id/reopening')
  async reopen(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.alerts.reopen(id, clerk);
    return seeOther(`/admin/alerts/${id}`, 'fraud:done.reopened');
  }
}
