import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { validateForm } from '../../../infra/web/form.js';
import { Roles } from '../../../infra/web/guards.js';
import { KnownId } from '../../../infra/web/known-id.pipe.js';
import { OnLine } from '../../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../../infra/web/see-other.js';
import { OrderSmsTemplates } from '../../../orders/sms/order-sms-templates.service.js';
import { SMS_FIELDS } from '../../../orders/sms/order-sms-text.js';
import type { Actor } from '../../../shared/actor.js';
import { Clerk } from '../../clerk.js';
import { SmsChangeDto, SmsRetirementDto, SmsWordsDto } from './order-sms.dto.js';

const HOME = '/admin/orders/templates';
const VIEW = 'backoffice/orders/template';

/** The words that the order desk writes to customers, and their former ones. */
@Controller('admin/orders/templates')
@OnLine('telecom')
@Roles('admin', 'manager')
@Layout('backoffice')
export class SmsTemplatesController {
  constructor(private readonly templates: OrderSmsTemplates) {}

  @Get()
  @Page('backoffice/orders/templates', 'backoffice')
  async list(): Promise<object> {
    return { templates: await this.templates.list(), fields: fields() };
  }

  @Post()
  @FormPage('backoffice/orders/templates', (it: SmsTemplatesController) => it.list())
  async add(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.templates.add(validateForm(SmsWordsDto, body), clerk);
    return seeOther(HOME, 'order-desk:templates.added');
  }

  @Get(':id')
  @Page(VIEW, 'backoffice')
  async show(@Param('id', KnownId) id: string): Promise<object> {
    const [template, ...former] = await this.templates.history(id);
    return { template, former, fields: fields() };
  }

  @Post(':id')
  @FormPage(VIEW, (it: SmsTemplatesController, req) => it.show(String(req.params['id'])))
  async save(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { basedOn, title, body: words } = validateForm(SmsChangeDto, body);
    await this.templates.save(id, basedOn, { title, body: words }, clerk);
    return seeOther(`${HOME}/${id}`, 'order-desk:templates.saved');
  }

  @Post(':id/retirement')
  @FormPage(VIEW, (it: SmsTemplatesController, req) => it.show(String(req.params['id'])))
  async retire(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { basedOn, retired } = validateForm(SmsRetirementDto, body);
    await this.templates.retire(id, basedOn, retired === '1', clerk);
    return seeOther(HOME, retired === '1' ? 'order-desk:templates.retired' : 'order-desk:templates.returned');
  }
}

/** What may stand in braces: `{имя}`. */
function fields(): { name: string; code: string }[] {
  return Object.entries(SMS_FIELDS).map(([name, word]) => ({ name, code: `{${word}}` }));
}
