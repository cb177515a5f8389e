import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { smsSegments } from '../../notifications/sms-text.js';
import type { StoredOrder } from '../order.js';
import { OrderLinks } from '../order-links.service.js';
import { fieldsOf, filledIn, SMS_FIELDS } from './order-sms-text.js';

export type Written = Pick<
  StoredOrder,
  'id' | 'number' | 'name' | 'phone' | 'office_id' | 'tariff_version_id' | 'closed_at'
>;

export interface SmsWording {
  /** What goes to the customer. */
  text: string;
  /** What the gateway bills. */
  segments: number;
  hasLink: boolean;
  /** It names an office, and the order has none. */
  lacksOffice: boolean;
  /** What the history keeps. */
  withoutLink: string;
  /** The link is the customer's alone: as long as it is, and unreadable. */
  forClerks: string;
}

/** The words of a template with what an order says. */
@Injectable()
export class OrderSmsWords {
  constructor(
    private readonly database: Database,
    private readonly links: OrderLinks,
  ) {}

  async of(order: Written, body: string, sql: Sql = this.database): Promise<SmsWording> {
    const [around] = await sql.query<{ tariff: string; office: string | null }>(
      'select v.name as tariff, o.address as office from tariff_version v left join office o on o.id = $2 where v.id = $1',
      [order.tariff_version_id, order.office_id],
    );
    const { tariff, office } = around!;
    const link = this.links.linkOf(order.id);
    const write = (shown: string): string =>
      filledIn(body, {
        number: order.number,
        name: order.name,
        tariff,
        office: office ?? `{${SMS_FIELDS.office}}`,
        link: shown,
      });
    const fields = fieldsOf(body);
    return {
      text: write(link),
      segments: smsSegments(write(link)),
      hasLink: fields.has('link'),
      lacksOffice: office === null && fields.has('office'),
      withoutLink: write(`{${SMS_FIELDS.link}}`),
      forClerks: write(link.replace(/[^/]+$/, (token) => '•'.repeat(token.length))),
    };
  }
}
