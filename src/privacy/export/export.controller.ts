import { Body, Controller, Get, HttpCode, Param, Post, Req, StreamableFile, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { type Confirmer, Reauthentication } from '../../auth/again/reauthentication.service.js';
import { validateForm } from '../../infra/web/form.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { Visitors } from '../../infra/web/visitor.js';
import { type DataFile, DataExport, EXPORT_FORMATS } from './data-export.service.js';
import { ExportByCodeForm, ExportByPasswordForm } from './export.form.js';

const HOME = '/cabinet/profile/export';

/** «Скачать мои данные»: by the password, or by a code where none is set or it is not at hand. */
@Controller('cabinet/profile/export')
@UseGuards(CustomerOnly)
export class ExportController {
  constructor(
    private readonly files: DataExport,
    private readonly again: Reauthentication,
    private readonly visitors: Visitors,
  ) {}

  @Get()
  @Page('privacy/export', 'cabinet')
  async show(@CurrentCustomer() id: string, @Req() { t }: Request): Promise<object> {
    const formats = EXPORT_FORMATS.map((value) => ({ value, name: t(`data-export:formats.${value}`) }));
    return { formats, passwordSet: await this.again.hasPassword(id) };
  }

  @Post()
  @HttpCode(200)
  @FormPage('privacy/export', (it: ExportController, req) => it.show(req.viewer!.id, req))
  async byPassword(@CurrentCustomer() id: string, @Body() body: unknown, @Req() req: Request): Promise<StreamableFile> {
    const { password, format } = validateForm(ExportByPasswordForm, body);
    await this.again.confirm(this.confirmer(id, req), { password });
    return sent(await this.files.file(id, format, req.language));
  }

  @Post('codes')
  @FormPage('privacy/export', (it: ExportController, req) => it.show(req.viewer!.id, req))
  async sendCode(@CurrentCustomer() id: string, @Req() req: Request): Promise<SeeOther> {
    return seeOther(`${HOME}/${await this.again.sendCode(this.confirmer(id, req), req.language)}`);
  }

  @Get(':code')
  @Page('privacy/export', 'cabinet')
  async typeCode(@Param('code', KnownId) code: string, @CurrentCustomer() id: string, @Req() req: Request) {
    const { phone, live } = await this.again.findCode(code, this.confirmer(id, req).browser);
    return { ...(await this.show(id, req)), code, phone, live };
  }

  @Post(':code')
  @HttpCode(200)
  @FormPage('privacy/export', (it: ExportController, req) =>
    it.typeCode(String(req.params['code']), req.viewer!.id, req),
  )
  async byCode(
    @Param('code', KnownId) codeId: string,
    @CurrentCustomer() id: string,
    @Body() body: unknown,
    @Req() req: Request,
  ): Promise<StreamableFile> {
    const { code: typed, format } = validateForm(ExportByCodeForm, body);
    await this.again.confirm(this.confirmer(id, req), { code: { id: codeId, typed } });
    return sent(await this.files.file(id, format, req.language));
  }

  private confirmer(loginId: string, req: Request): Confirmer {
    return { loginId, browser: this.visitors.recognise(req, req.res!), ip: req.ip ?? '' };
  }
}

function sent({ name, type, content }: DataFile): StreamableFile {
  return new StreamableFile(content, { type, disposition: `attachment; filename="${name}"` });
}
