import { Body, Controller, Get, Header, Param, Post, StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { OrderPapers } from '../../orders/desk/order-papers.service.js';
import { OrderSims } from '../../orders/desk/order-sims.service.js';
import { Activations } from '../../orders/hand-over/activations.service.js';
import { HandOver } from '../../orders/hand-over/hand-over.service.js';
import { PaperNotFound } from '../../papers/papers.errors.js';
import { Papers } from '../../papers/papers.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';
import { SeenDto, seen } from '../dto/seen.dto.js';
import { OrderPages } from './order-pages.service.js';
import { HandOverDto, NumberedHandOverDto, ReservationDto } from './order.dto.js';
import { afterStep, LIST } from './order-views.js';

const VIEW = 'backoffice/orders/order';
const again = (it: OrderCardsController, req: Request): Promise<object> => it.show(req);

/** The card of an order, its papers, handing it over and switching it on. */
@Controller('admin/orders/:id')
@OnLine('telecom')
@Roles('admin', 'manager', 'operator')
@Layout('backoffice')
export class OrderCardsController {
  constructor(
    private readonly pages: OrderPages,
    private readonly sims: OrderSims,
    private readonly orderPapers: OrderPapers,
    private readonly papers: Papers,
    private readonly handOvers: HandOver,
    private readonly activations: Activations,
  ) {}

  show(req: Request): Promise<object> {
    const reader = { id: req.viewer?.id ?? '', language: req.language };
    return this.pages.order(String(req.params['id']), {}, reader);
  }

  @Post('sim')
  @FormPage(VIEW, again)
  async reserve(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(ReservationDto, body);
    await this.sims.reserve(seen(id, form, clerk), form.sim);
    return seeOther(`${LIST}/${id}`, 'orders:done.reserved');
  }

  @Post('sim/release')
  @FormPage(VIEW, again)
  async release(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.sims.release(seen(id, validateForm(SeenDto, body), clerk));
    return seeOther(`${LIST}/${id}`, 'orders:done.released');
  }

  @Post('papers')
  @FormPage(VIEW, again)
  async issue(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.orderPapers.issue(seen(id, validateForm(SeenDto, body), clerk));
    return seeOther(`${LIST}/${id}#papers`, 'orders:done.issued');
  }

  /** `/admin/orders/…/papers/0190….pdf` */
  @Get('papers/:paper.pdf')
  @Header('Content-Type', 'application/pdf')
  @Header('Content-Disposition', 'inline')
  async paper(
    @Param('id', KnownId) id: string,
    @Param('paper', KnownId) paperId: string,
    @Clerk() clerk: Actor,
  ): Promise<StreamableFile> {
    const known = await this.papers.ofSubject(id);
    if (!known.some((paper) => paper.id === paperId)) throw new PaperNotFound();
    return new StreamableFile(await this.papers.open(paperId, clerk));
  }

  @Post('hand-over')
  @FormPage(VIEW, again)
  async handOver(
    @Param('id', KnownId) id: string,
    @Body() body: Record<string, unknown>,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    const form = validateForm('number' in body ? NumberedHandOverDto : HandOverDto, body);
    const {
      surname,
      name,
      patronymic = null,
      usedBy = null,
      inn = null,
      samePerson = false,
      forCompany = false,
    } = form;
    const number = form instanceof NumberedHandOverDto ? form.number : null;
    const note = { surname, name, patronymic, usedBy, number, inn, samePerson, forCompany };
    await this.handOvers.handOver(seen(id, form, clerk), note);
    return seeOther(`${LIST}/${id}`, 'orders:done.handedOver');
  }

  @Post('activation')
  @FormPage(VIEW, again)
  async activate(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.activations.confirm(seen(id, validateForm(SeenDto, body), clerk));
    return seeOther(afterStep(id, body), 'orders:done.activated');
  }

  @Post('activation/again')
  @FormPage(VIEW, again)
  async tryAgain(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.activations.tryAgain(seen(id, validateForm(SeenDto, body), clerk));
    return seeOther(`${LIST}/${id}`, 'orders:done.askedAgain');
  }
}
