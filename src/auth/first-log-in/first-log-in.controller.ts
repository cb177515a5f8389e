import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { Visitors } from '../../infra/web/visitor.js';
import { Clock } from '../../shared/clock.js';
import { CodeForm } from '../dto/code.form.js';
import { type CodePage, codePage } from '../logins/log-in.views.js';
import { FirstLogIn } from './first-log-in.service.js';

const CodeId = (): ParameterDecorator => Param('id', KnownId);
const codeAgain = (it: FirstLogInController, req: Request): Promise<CodePage> =>
  it.typeCode(String(req.params['id']), req);

/** After the right digits of a SIM card: the code that came to its number, then the first password. */
@Controller('session/first')
export class FirstLogInController {
  constructor(
    private readonly first: FirstLogIn,
    private readonly visitors: Visitors,
    private readonly clock: Clock,
  ) {}

  @Get(':id')
  @Page('auth/first-code', 'site')
  async typeCode(@CodeId() id: string, @Req() req: Request): Promise<CodePage> {
    return codePage(await this.first.findCode(id, this.browser(req)), '', this.clock.real());
  }

  @Post(':id')
  @FormPage('auth/first-code', codeAgain)
  async proveNumber(@CodeId() codeId: string, @Body() body: unknown, @Req() req: Request): Promise<SeeOther> {
    const { code } = validateForm(CodeForm, body);
    return seeOther(await this.first.proveNumber({ codeId, code, browser: this.browser(req) }));
  }

  @Post(':id/again')
  @FormPage('auth/first-code', codeAgain)
  async sendAgain(@CodeId() codeId: string, @Req() req: Request): Promise<SeeOther> {
    const { ip = '', language } = req;
    const browser = this.browser(req);
    const { phone } = await this.first.findCode(codeId, browser);
    return seeOther(`/session/first/${await this.first.sendCode({ phone, browser, ip, language })}`);
  }

  private browser(req: Request): string {
    return this.visitors.recognise(req, req.res!);
  }
}
