import { Body, Controller, Get, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { Visitors } from '../../infra/web/visitor.js';
import { Clock } from '../../shared/clock.js';
import { CodeForm } from '../dto/code.form.js';
import { PhoneForm } from '../dto/phone.form.js';
import { type Asker, PhoneChanges } from './phone-changes.service.js';

const HOME = '/cabinet/profile/phone';
const ChangeId = (): ParameterDecorator => Param('id', KnownId);
const stepAgain = (it: PhoneChangeController, req: Request): Promise<object> =>
  it.typeCode(String(req.params['id']), req.viewer!.id, req);

/** «Сменить телефон»: the new number, a code to the present one, a code to the new one. */
@Controller('cabinet/profile/phone')
@UseGuards(CustomerOnly)
export class PhoneChangeController {
  constructor(
    private readonly changes: PhoneChanges,
    private readonly visitors: Visitors,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Page('customers/phone/new', 'cabinet')
  newPhone(): object {
    return {};
  }

  @Post()
  @FormPage('customers/phone/new')
  async begin(@CurrentCustomer() id: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const { phone } = validateForm(PhoneForm, body);
    return seeOther(`${HOME}/${await this.changes.begin(this.asker(id, req), phone)}`);
  }

  @Get(':id')
  @Page('customers/phone/code', 'cabinet')
  async typeCode(@ChangeId() id: string, @CurrentCustomer() loginId: string, @Req() req: Request): Promise<object> {
    const asked = await this.changes.find(id, this.asker(loginId, req));
    const wait = asked.resendAt.getTime() - this.clock.real().getTime();
    return { ...asked, toNew: asked.step === 'new_phone', resendSeconds: Math.max(0, Math.ceil(wait / 1000)) };
  }

  @Post(':id/old')
  @FormPage('customers/phone/code', stepAgain)
  async proveOld(
    @ChangeId() id: string,
    @CurrentCustomer() loginId: string,
    @Body() body: unknown,
    @Req() req: Request,
  ): Promise<SeeOther> {
    await this.changes.proveOld(id, this.asker(loginId, req), validateForm(CodeForm, body).code);
    return seeOther(`${HOME}/${id}`);
  }

  @Post(':id/new')
  @FormPage('customers/phone/code', stepAgain)
  async proveNew(
    @ChangeId() id: string,
    @CurrentCustomer() loginId: string,
    @Body() body: unknown,
    @Req() req: Request,
  ): Promise<SeeOther> {
    const { code } = validateForm(CodeForm, body);
    await this.changes.proveNew(id, { ...this.asker(loginId, req), sessionId: req.sessionID }, code);
    return seeOther('/cabinet/profile', 'phone-change:done');
  }

  @Post(':id/again')
  @FormPage('customers/phone/code', stepAgain)
  async sendAgain(@ChangeId() id: string, @CurrentCustomer() loginId: string, @Req() req: Request): Promise<SeeOther> {
    await this.changes.sendAgain(id, this.asker(loginId, req));
    return seeOther(`${HOME}/${id}`);
  }

  private asker(loginId: string, req: Request): Asker {
    const { ip = '', language } = req;
    return { loginId, browser: this.visitors.recognise(req, req.res!), ip, language };
  }
}
