import { Body, Controller, Get, Post } from '@nestjs/common';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { VelocityLimits } from '../../loyalty/fraud/velocity-limits.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { AlertPages } from './alert-pages.service.js';
import { blockingIn, changesOf, LimitsDto } from './limits.dto.js';

@Controller('admin/alerts/limits')
@Roles('admin')
@Layout('backoffice')
export class LimitsController {
  constructor(
    private readonly pages: AlertPages,
    private readonly limits: VelocityLimits,
  ) {}

  @Get()
  @Page('backoffice/alerts/limits', 'backoffice')
  show(): Promise<object> {
    return this.pages.limitsPage();
  }

  @Post()
  @FormPage('backoffice/alerts/limits', (it: LimitsController) => it.show())
  async change(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.limits.change(changesOf(validateForm(LimitsDto, body), blockingIn(body)), clerk);
    return seeOther('/admin/alerts/limits', 'fraud:done.limits');
  }
}
