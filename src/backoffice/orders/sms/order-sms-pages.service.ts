import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { OrderNotFound } from '../../../orders/orders.errors.js';
import { OrderSmsLog } from '../../../orders/sms/order-sms-log.service.js';
import { MOST_A_DAY } from '../../../orders/sms/order-sms.service.js';
import { OrderSmsWords, type Written } from '../../../orders/sms/order-sms-words.service.js';
import { OrderSmsTemplates } from '../../../orders/sms/order-sms-templates.service.js';
import { maskedPhone } from '../../masked-phone.js';
import { OrderQueries } from '../order.queries.js';

/** What a clerk may write to the customer of an order, and how it will read. */
@Injectable()
export class OrderSmsPages {
  constructor(
    private readonly orders: OrderQueries,
    private readonly log: OrderSmsLog,
    private readonly words: OrderSmsWords,
    private readonly templates: OrderSmsTemplates,
  ) {}

  /** For the form on the order's page; null where nobody is written to any more. */
  async form(order: Written): Promise<object | null> {
    if (!this.log.mayWrite(order)) return null;
    const [templates, sent] = await Promise.all([this.templates.list(), this.log.sentToday(order.id)]);
    const offered = templates.filter(({ retired }) => !retired);
    return {
      templates: offered.map(({ id: value, title: name }) => ({ value, name })),
      ...{ sent, limit: MOST_A_DAY, full: sent >= MOST_A_DAY },
    };
  }

  async page(orderId: string, chosen: unknown): Promise<object> {
    const order = await this.orders.find(orderId);
    if (!order) throw new OrderNotFound();
    const form = await this.form(order);
    const template = form && isUUID(chosen) ? await this.offered(String(chosen)) : null;
    const { id, number, revision, name, company, phone } = order;
    return {
      order: { id, number, revision, name, company, maskedPhone: maskedPhone(phone) },
      sms: form,
      template,
      preview: template && (await this.words.of(order, template.body)),
    };
  }

  private async offered(id: string): Promise<(object & { body: string }) | null> {
    const known = await this.templates.list();
    return known.find((template) => template.id === id && !template.retired) ?? null;
  }
}
