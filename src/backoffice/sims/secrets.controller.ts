import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { StaffSecondStep } from '../../auth/staff/second-step.service.js';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { viewer } from '../../infra/web/viewer.js';
import type { Actor } from '../../shared/actor.js';
import { SimReveals } from '../../sims/secrets/sim-reveals.service.js';
import { Clerk } from '../clerk.js';
import { revealedView } from './revealed-view.js';
import { RevealDto } from './sim-forms.js';
import { SimPages } from './sim-pages.service.js';

/** What a SIM card hides: shown after the password, on the very answer, and written down. */
@Controller('admin/sims/:id/secrets')
@OnLine('telecom')
@Roles('admin', 'manager')
@Layout('backoffice')
export class SimSecretsController {
  constructor(
    private readonly pages: SimPages,
    private readonly reveals: SimReveals,
    private readonly secondStep: StaffSecondStep,
  ) {}

  @Get()
  @Page('backoffice/sims/secrets', 'backoffice')
  ask(@Param('id', KnownId) id: string, @Req() req: Request): Promise<object> {
    return this.pages.sim(id, viewer(req)?.role);
  }

  /** No redirect: what is revealed exists on this very page and nowhere else. */
  @Post()
  @HttpCode(201)
  @Page('backoffice/sims/secrets', 'backoffice')
  @FormPage('backoffice/sims/secrets', (it: SimSecretsController, req) => it.ask(String(req.params['id']), req))
  async reveal(
    @Param('id', KnownId) id: string,
    @Body() body: unknown,
    @Clerk() clerk: Actor,
    @Req() req: Request,
  ): Promise<object> {
    const { what, password } = validateForm(RevealDto, body);
    const page = await this.pages.sim(id, viewer(req)?.role);
    await this.secondStep.confirm({ staffId: clerk.id!, password, ip: req.ip ?? '' });
    return { ...page, revealed: revealedView(await this.reveals.reveal(id, what, clerk)) };
  }
}
