import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { text } from '../infra/i18n/texts.js';
import { Messages } from '../notifications/messages.service.js';
import type { OrderState, StoredOrder } from './order.js';
import { OrderLinks } from './order-links.service.js';

/** States of which the customer hears. */
const TOLD: readonly OrderState[] = [
  ...(['new', 'agreed', 'in_delivery', 'at_office', 'handed_over', 'active', 'cancelled', 'refused'] as const),
];

interface Around {
  tariff: string;
  office: string | null;
  /** Ten digits. */
  line: string | null;
  /** Whether the digits of its card open the cabinet. */
  digits: boolean;
}

/** SMS, and mail where an address was given, at each step that concerns the customer. */
@Injectable()
export class OrderNotices {
  constructor(
    private readonly messages: Messages,
    private readonly links: OrderLinks,
  ) {}

  /** In the transaction of the step. No text holds digits of a SIM card (A3). */
  async tell(sql: Sql, order: StoredOrder): Promise<void> {
    if (!TOLD.includes(order.state)) return;
    const { language, phone, email, customer_id: customerId } = order;
    const words = { number: order.number, link: this.links.linkOf(order.id), ...(await this.around(sql, order)) };
    const sms = text(language, `orders:sms.${keyOf(order, words)}`, words);
    // The link opens the order's page.
    await this.messages.sendSms(sql, { to: phone, text: sms, secret: true });
    if (email === null) return;
    const subject = text(language, 'orders:mail.subject', { number: order.number });
    await this.messages.sendEmail(sql, { to: email, subject, text: sms, secret: true, customerId });
  }

  /** After the commit. */
  ring(): void {
    this.messages.ring();
  }

  private async around(sql: Sql, order: StoredOrder): Promise<Around> {
    const [found] = await sql.query<Around>(
      `select v.name as tariff, o.address as office, right(l.number, 10) as line,
              exists (select from first_password f where f.phone = l.number and f.ended_at is null) as digits
       from tariff_version v left join office o on o.id = $2 left join line l on l.id = $3 where v.id = $1`,
      [order.tariff_version_id, order.office_id, order.line_id],
    );
    return found!;
  }
}

function keyOf({ state, refusal }: StoredOrder, { digits }: Around): string {
  if (state === 'refused') return `refused.${refusal ?? 'other'}`;
  return state === 'handed_over' && !digits ? 'handed_over_known' : state;
}
