import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CodeForm } from '../../auth/dto/code.form.js';
import { EmailConfirmations } from '../../customers/emails/email-confirmations.service.js';
import { Profiles } from '../../customers/profile.service.js';
import { pointsText } from '../../infra/i18n/points-text.js';
import { validateForm } from '../../infra/web/form.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { LedElsewhere } from '../../infra/web/led-elsewhere.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { logIn } from '../../infra/web/session.js';
import { Visitors } from '../../infra/web/visitor.js';
import { Clock } from '../../shared/clock.js';
import { ActivationDesk } from './activation-desk.service.js';
import { type ActivationPage, activationPage, type CardCodePage, cardCodePage, readProof } from './activation.views.js';
import { applicantOf, applicationOf } from './applicant.js';
import { Applications } from './applications.service.js';
import { ActivationPageForm } from './dto/application.form.js';

/** «Активировать карту»: the form, then the code from the SMS. */
@Controller('cards/activate')
export class ActivationController {
  constructor(
    private readonly desk: ActivationDesk,
    private readonly applications: Applications,
    private readonly profiles: Profiles,
    private readonly visitors: Visitors,
    private readonly confirmations: EmailConfirmations,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Page('cards/activate', 'site')
  async form(@Req() req: Request): Promise<ActivationPage> {
    const { viewer } = req;
    return activationPage(req, viewer?.kind === 'customer' ? await this.profiles.findPerson(viewer.id) : null);
  }

  @Post()
  @FormPage('cards/activate', (it: ActivationController, req) => it.form(req))
  async apply(@Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const form = validateForm(ActivationPageForm, body);
    const application = { ...applicationOf(form), card: form.card, proof: readProof(form) };
    return seeOther(`/cards/activate/${await this.desk.apply(application, applicantOf(req, this.visitors))}`);
  }

  @Get(':id')
  @Page('cards/code', 'site')
  async typeCode(@Param('id', KnownId) id: string, @Req() req: Request): Promise<CardCodePage> {
    const asked = await this.applications.asked('plastic', id, applicantOf(req, this.visitors).browser);
    if (!asked) throw new LedElsewhere('/cabinet');
    return cardCodePage(`/cards/activate/${id}`, '/cards/activate', asked, this.clock.real());
  }

  @Post(':id')
  @FormPage('cards/code', (it: ActivationController, req) => it.typeCode(String(req.params['id']), req))
  async activate(@Param('id', KnownId) id: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const { code } = validateForm(CodeForm, body);
    const { customerId, movedHundredths } = await this.desk
      .confirm(id, code, applicantOf(req, this.visitors))
      .catch((error: unknown) => this.doneOr(error, id, req));
    await logIn(req, { kind: 'customer', id: customerId });
    await this.confirmations.sendFirst(customerId);
    return movedHundredths > 0n
      ? seeOther('/cabinet', 'cards:activated_with_points', { points: pointsText(movedHundredths, req.language) })
      : seeOther('/cabinet', 'cards:activated');
  }

  @Post(':id/again')
  @FormPage('cards/code', (it: ActivationController, req) => it.typeCode(String(req.params['id']), req))
  async sendAgain(@Param('id', KnownId) id: string, @Req() req: Request): Promise<SeeOther> {
    await this.applications.sendAgain('plastic', id, applicantOf(req, this.visitors));
    return seeOther(`/cards/activate/${id}`);
  }

  /** Sent twice: the first has done it, and the page of the code leads on. */
  private async doneOr(error: unknown, id: string, req: Request): Promise<never> {
    await this.typeCode(id, req);
    throw error;
  }
}
