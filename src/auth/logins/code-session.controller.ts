import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { safeBack } from '../../infra/web/safe-back.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { logIn } from '../../infra/web/session.js';
import { Visitors } from '../../infra/web/visitor.js';
import { Clock } from '../../shared/clock.js';
import { CodeForm } from '../dto/code.form.js';
import { PhoneForm } from '../dto/phone.form.js';
import { CodeLogin } from './code-login.service.js';
import { type CodePage, codePage, backIn, logInPage } from './log-in.views.js';

const CodeId = (): ParameterDecorator => Param('id', KnownId);
const codeAgain = (it: CodeSessionController, req: Request): Promise<CodePage> =>
  it.typeCode(String(req.params['id']), req, backIn(req));

/** Log-in by a code from an SMS. */
@Controller('session/code')
export class CodeSessionController {
  constructor(
    private readonly logins: CodeLogin,
    private readonly visitors: Visitors,
    private readonly clock: Clock,
  ) {}

  @Post()
  @FormPage('auth/log-in', (_it: CodeSessionController, req) => logInPage(backIn(req)))
  async askForCode(@Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const { phone, back } = validateForm(PhoneForm, body);
    return this.send(phone, back, req);
  }

  @Get(':id')
  @Page('auth/code', 'site')
  async typeCode(@CodeId() id: string, @Req() req: Request, @Query('back') back?: unknown): Promise<CodePage> {
    return codePage(await this.logins.findCode(id, this.browser(req)), back, this.clock.real());
  }

  @Post(':id')
  @FormPage('auth/code', codeAgain)
  async createSession(@CodeId() codeId: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const { code, back } = validateForm(CodeForm, body);
    const loginId = await this.logins.logIn({ codeId, code, browser: this.browser(req), ip: req.ip ?? '' });
    await logIn(req, { kind: 'customer', id: loginId });
    return seeOther(safeBack(back, '/cabinet'));
  }

  @Post(':id/again')
  @FormPage('auth/code', codeAgain)
  async sendAgain(@CodeId() codeId: string, @Req() req: Request): Promise<SeeOther> {
    const { phone } = await this.logins.findCode(codeId, this.browser(req));
    return this.send(phone, backIn(req), req);
  }

  private async send(phone: string, back: unknown, req: Request): Promise<SeeOther> {
    const { ip = '', language } = req;
    const id = await this.logins.sendCode({ phone, browser: this.browser(req), ip, language });
    const query = safeBack(back, '') && `?${new URLSearchParams({ back: safeBack(back, '') }).toString()}`;
    return seeOther(`/session/code/${id}${query}`);
  }

  private browser(req: Request): string {
    return this.visitors.recognise(req, req.res!);
  }
}
