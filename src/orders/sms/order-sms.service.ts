import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Messages } from '../../notifications/messages.service.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import type { SeenOrder } from '../desk/order-desk.service.js';
import { lockSeenOrder, saveOrder } from '../order-rows.js';
import { OrderSmsLimit, OrderSmsTemplateNotFound, OrderStateForbids } from '../orders.errors.js';
import { OrderSmsLog } from './order-sms-log.service.js';
import { OrderSmsTemplates } from './order-sms-templates.service.js';
import { OrderSmsWords } from './order-sms-words.service.js';

/** Which words, as the clerk saw them. */
export interface SeenTemplate {
  id: string;
  revision: number;
}

/** To one order within one day of TIME_ZONE. */
export const MOST_A_DAY = 5;

/** SMS that clerks write to customers from templates (T3). */
@Injectable()
export class OrderSms {
  constructor(
    private readonly database: Database,
    private readonly templates: OrderSmsTemplates,
    private readonly words: OrderSmsWords,
    private readonly log: OrderSmsLog,
    private readonly messages: Messages,
  ) {}

  /**
   * Sends it and writes it into the order's history. Throws OrderChanged, template_changed, OrderSmsTemplateNotFound,
   * OrderStateForbids for whoever is not written to any more, OrderSmsLimit, and InvalidInput where the words name an
   * office and the order has none.
   */
  async send(seen: SeenOrder, template: SeenTemplate): Promise<void> {
    await this.database.transaction((sql) => this.sendWithin(sql, seen, template));
    this.messages.ring();
  }

  private async sendWithin(sql: Sql, seen: SeenOrder, { id, revision }: SeenTemplate): Promise<void> {
    const order = await lockSeenOrder(sql, seen);
    if (!this.log.mayWrite(order)) throw new OrderStateForbids();
    const [present] = await this.templates.history(id, sql);
    if (present.retired) throw new OrderSmsTemplateNotFound();
    if (present.revision !== revision) throw new DomainError('template_changed', 'conflict');
    if ((await this.log.sentToday(order.id, sql)) >= MOST_A_DAY) throw new OrderSmsLimit();
    const wording = await this.words.of(order, present.body, sql);
    if (wording.lacksOffice) throw new InvalidInput([{ path: 'template', code: 'order_sms_office' }]);
    await this.messages.sendSms(sql, { to: order.phone, text: wording.text, secret: wording.hasLink });
    // A second press finds another revision, so that it goes out once.
    await saveOrder(sql, order, {});
    const { withoutLink: words, segments } = wording;
    const { clerkId } = seen;
    await this.log.record(sql, { orderId: order.id, clerkId, template: id, revision, words, segments });
  }
}
