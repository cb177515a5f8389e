import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import type { LockedLine } from '../../lines/line-rows.js';
import { Messages } from '../../notifications/messages.service.js';
import { formatPhone } from '../../shared/phone.js';

interface Contacts {
  language: Language;
  phone: string;
  email: string | null;
}

/** A SIM card that was replaced is told where its new holder does not read along: by mail, and to another contact phone. */
@Injectable()
export class ReplacementNotices {
  constructor(private readonly messages: Messages) {}

  /** In the transaction of the replacement. */
  async tell(sql: Sql, { customer_id: customerId, number }: Pick<LockedLine, 'customer_id' | 'number'>): Promise<void> {
    const [owner] = await sql.query<Contacts>(
      `select c.language, l.phone, case when c.email_confirmed_at is not null then c.email end as email
       from customer c join login l on l.id = c.id where c.id = $1 and l.disabled_at is null`,
      [customerId],
    );
    if (!owner) return;
    const { language, phone, email } = owner;
    const words = text(language, 'line-actions:notice.text', { number: formatPhone(number) });
    if (phone !== number) await this.messages.sendSms(sql, { to: phone, text: words, secret: false });
    if (email === null) return;
    const subject = text(language, 'line-actions:notice.subject');
    await this.messages.sendEmail(sql, { to: email, subject, text: words, secret: false, customerId });
  }
}
