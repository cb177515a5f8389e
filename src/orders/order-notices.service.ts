import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { hasText, text, type TextParams } from '../infra/i18n/texts.js';
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
  /** Whether the phone that is written to opens the cabinet where the line is. */
  opens: boolean;
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
    const words = await this.wordsOf(sql, order);
    await this.send(sql, order, text(order.language, smsKey(order, words), words));
  }

  /** What one form has ordered: one message for all. */
  async tellOfMany(sql: Sql, orders: readonly StoredOrder[]): Promise<void> {
    const [first] = orders;
    if (!first || orders.length === 1) return first && this.tell(sql, first);
    const words = { ...(await this.wordsOf(sql, first)), numbers: orders.map(({ number }) => number).join(', ') };
    await this.send(sql, first, text(first.language, 'orders:sms.several', words));
  }

  /** From now on messages go to this phone: with a link of its own. */
  async greet(sql: Sql, order: StoredOrder): Promise<void> {
    await this.send(sql, order, text(order.language, 'orders:sms.greeting', await this.wordsOf(sql, order)));
  }

  /** After the commit. */
  ring(): void {
    this.messages.ring();
  }

  private async send(sql: Sql, order: StoredOrder, words: string): Promise<void> {
    const { language, phone, email, customer_id: customerId } = order;
    // The link opens the order's page.
    await this.messages.sendSms(sql, { to: phone, text: words, secret: true });
    if (email === null) return;
    const subject = text(language, 'orders:mail.subject', { number: order.number });
    await this.messages.sendEmail(sql, { to: email, subject, text: words, secret: true, customerId });
  }

  private async wordsOf(sql: Sql, order: StoredOrder): Promise<Around & TextParams> {
    const link = this.links.linkOf(order.link_id ?? order.id);
    return { number: order.number, link, ...(await this.around(sql, order)) };
  }

  private async around(sql: Sql, order: StoredOrder): Promise<Around> {
    const [found] = await sql.query<Around>(
      `select v.name as tariff, o.address as office, right(l.number, 10) as line,
              exists (select from first_password f where f.phone = l.number and f.ended_at is null) as digits,
              exists (select from login where id = l.customer_id and phone = $4
                      union all select from login_number where login_id = l.customer_id and phone = $4) as opens
       from tariff_version v left join office o on o.id = $2 left join line l on l.id = $3 where v.id = $1`,
      [order.tariff_version_id, order.office_id, order.line_id, order.phone],
    );
    return found!;
  }
}

/** What is told of an eSIM is told without plastic where the words differ. */
function smsKey(order: StoredOrder, words: Around): string {
  const key = `sms.${keyOf(order, words)}`;
  const esim = `esim:${key}`;
  return order.sim_kind === 'esim' && hasText(order.language, esim) ? esim : `orders:${key}`;
}

function keyOf({ state, refusal, line_id }: StoredOrder, { digits, opens }: Around): string {
  if (state === 'refused') return `${line_id === null ? 'refused' : 'refused_late'}.${refusal ?? 'other'}`;
  if (state !== 'handed_over' || digits) return state;
  return opens ? 'handed_over_known' : 'handed_over_elsewhere';
}
