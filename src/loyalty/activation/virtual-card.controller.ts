import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CodeForm } from '../../auth/dto/code.form.js';
import { EmailConfirmations } from '../../customers/emails/email-confirmations.service.js';
import { validateForm } from '../../infra/web/form.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { LedElsewhere } from '../../infra/web/led-elsewhere.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { logIn } from '../../infra/web/session.js';
import { Visitors } from '../../infra/web/visitor.js';
import { Clock } from '../../shared/clock.js';
import { type CardCodePage, cardCodePage, type VirtualCardPage, virtualCardPage } from './activation.views.js';
import { applicantOf, applicationOf } from './applicant.js';
import { Applications } from './applications.service.js';
import { ApplicationForm } from './dto/application.form.js';
import { VirtualCards } from './virtual-cards.service.js';

const codeAgain = (it: VirtualCardController, req: Request): Promise<CardCodePage> =>
  it.typeCode(String(req.params['id']), req);

/** «Виртуальная карта»: one press for a customer; for a stranger a short form and the code from the SMS. */
@Controller('cards/virtual')
export class VirtualCardController {
  constructor(
    private readonly cards: VirtualCards,
    private readonly applications: Applications,
    private readonly visitors: Visitors,
    private readonly confirmations: EmailConfirmations,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Page('cards/virtual', 'site')
  async form(@Req() req: Request): Promise<VirtualCardPage> {
    const page = virtualCardPage(req);
    if (page.loggedIn && (await this.cards.inUse(req.viewer!.id))) throw new LedElsewhere('/cabinet/cards');
    return page;
  }

  @Post()
  @FormPage('cards/virtual', (_it: VirtualCardController, req) => virtualCardPage(req))
  async apply(@Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    if (req.viewer?.kind === 'customer') {
      await this.cards.issueVirtualCard(req.viewer.id);
      return seeOther('/cabinet/cards', 'cards:virtual_issued');
    }
    const form = validateForm(ApplicationForm, body);
    return seeOther(`/cards/virtual/${await this.cards.apply(applicationOf(form), applicantOf(req, this.visitors))}`);
  }

  @Get(':id')
  @Page('cards/code', 'site')
  async typeCode(@Param('id', KnownId) id: string, @Req() req: Request): Promise<CardCodePage> {
    const asked = await this.applications.asked('virtual', id, applicantOf(req, this.visitors).browser);
    if (!asked) throw new LedElsewhere('/cabinet/cards');
    return cardCodePage(`/cards/virtual/${id}`, '/cards/virtual', asked, this.clock.real());
  }

  @Post(':id')
  @FormPage('cards/code', codeAgain)
  async issue(@Param('id', KnownId) id: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const { code } = validateForm(CodeForm, body);
    const { customerId } = await this.cards
      .confirm(id, code, applicantOf(req, this.visitors))
      .catch((error: unknown) => this.doneOr(error, id, req));
    await logIn(req, { kind: 'customer', id: customerId });
    await this.confirmations.sendFirst(customerId);
    return seeOther('/cabinet/cards', 'cards:virtual_issued');
  }

  @Post(':id/again')
  @FormPage('cards/code', codeAgain)
  async sendAgain(@Param('id', KnownId) id: string, @Req() req: Request): Promise<SeeOther> {
    await this.applications.sendAgain('virtual', id, applicantOf(req, this.visitors));
    return seeOther(`/cards/virtual/${id}`);
  }

  /** Sent twice: the first has done it, and the page of the code leads on. */
  private async doneOr(error: unknown, id: string, req: Request): Promise<never> {
    await this.typeCode(id, req);
    throw error;
  }
}
