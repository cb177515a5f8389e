import { Body, Controller, Get, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { type Confirmer, type Proof, Reauthentication } from '../../auth/again/reauthentication.service.js';
import { CodeForm } from '../../auth/dto/code.form.js';
import { NewPasswordForm } from '../../auth/dto/new-password.form.js';
import { validateForm } from '../../infra/web/form.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { Visitors } from '../../infra/web/visitor.js';
import { Clock } from '../../shared/clock.js';
import { Deletions } from './deletions.service.js';

const HOME = '/cabinet/profile/deletion';
const again = (it: DeletionController, req: Request): Promise<object> => it.show(req.viewer!.id);

/** «Удалить кабинет»: what happens, the password or a code, a week to change one's mind. */
@Controller('cabinet/profile/deletion')
@UseGuards(CustomerOnly)
export class DeletionController {
  constructor(
    private readonly deletions: Deletions,
    private readonly proofs: Reauthentication,
    private readonly visitors: Visitors,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Page('privacy/deletion', 'cabinet')
  async show(@CurrentCustomer() id: string): Promise<object> {
    const [dueAt, obstacles, passwordSet] = await Promise.all([
      this.deletions.pending(id),
      this.deletions.obstacles(id),
      this.proofs.hasPassword(id),
    ]);
    return { dueAt, obstacles, passwordSet, late: dueAt !== null && dueAt <= this.clock.now() };
  }

  @Post()
  @FormPage('privacy/deletion', again)
  async byPassword(@CurrentCustomer() id: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    return this.ask(id, req, { password: validateForm(NewPasswordForm, body).password });
  }

  @Post('codes')
  @FormPage('privacy/deletion', again)
  async sendCode(@CurrentCustomer() id: string, @Req() req: Request): Promise<SeeOther> {
    return seeOther(`${HOME}/${await this.proofs.sendCode(this.confirmer(id, req), req.language)}`);
  }

  @Post('cancellation')
  async cancel(@CurrentCustomer() id: string): Promise<SeeOther> {
    await this.deletions.cancel(id);
    return seeOther('/cabinet/profile', 'deletion:cancelled');
  }

  @Get(':code')
  @Page('privacy/deletion', 'cabinet')
  async typeCode(
    @Param('code', KnownId) code: string,
    @CurrentCustomer() id: string,
    @Req() req: Request,
  ): Promise<object> {
    const { phone, live } = await this.proofs.findCode(code, this.confirmer(id, req).browser);
    return { ...(await this.show(id)), code, phone, live };
  }

  @Post(':code')
  @FormPage('privacy/deletion', (it: DeletionController, req) =>
    it.typeCode(String(req.params['code']), req.viewer!.id, req),
  )
  async byCode(
    @Param('code', KnownId) codeId: string,
    @CurrentCustomer() id: string,
    @Body() body: unknown,
    @Req() req: Request,
  ): Promise<SeeOther> {
    return this.ask(id, req, { code: { id: codeId, typed: validateForm(CodeForm, body).code } });
  }

  private async ask(id: string, req: Request, proof: Proof): Promise<SeeOther> {
    await this.proofs.confirm(this.confirmer(id, req), proof);
    await this.deletions.ask(id);
    return seeOther(HOME, 'deletion:asked');
  }

  private confirmer(loginId: string, req: Request): Confirmer {
    return { loginId, browser: this.visitors.recognise(req, req.res!), ip: req.ip ?? '' };
  }
}
