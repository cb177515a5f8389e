import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { formatDate } from '../../infra/i18n/format.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { LastWords, type Words } from '../../notifications/last-words.service.js';
import { Clock } from '../../shared/clock.js';
import type { Stage } from './esia.js';

interface Told {
  stage: Stage;
  channel: 'sms' | 'email';
  language: Language;
  company: string;
  count: number;
  /** The nearest of their days. */
  due_on: string;
}

/** Words of a reminder when it leaves: numbers that were put into ESIA meanwhile are not told of. */
@Injectable()
export class EsiaComposer implements OnModuleInit {
  constructor(
    private readonly lastWords: LastWords,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.lastWords.on('esia', (messageId) => this.compose(messageId));
  }

  private async compose(messageId: string): Promise<Words | null> {
    const told = await this.told(messageId);
    if (!told) return null;
    const { stage, channel, language, company, count, due_on } = told;
    const { timeZone: zone, publicUrl, brand } = this.config;
    const lastDay = formatDate(DateTime.fromISO(due_on, { zone }).toJSDate(), {
      language,
      zone,
      now: this.clock.now(),
    });
    const link = `${publicUrl}/cabinet/company?show=attention`;
    const words = { count, company, lastDay: lastDay.replaceAll('\u00a0', ' '), link, brand: brand.name };
    return {
      subject: channel === 'email' ? text(language, `companies:reminder.subject.${stage}`, words) : null,
      text: text(language, `companies:reminder.text.${stage}`, words),
    };
  }

  /** Only while the customer is the company and the message still goes to where they are reached. */
  private async told(messageId: string): Promise<Told | undefined> {
    const [told] = await this.database.query<Told>(
      `select r.stage, m.channel, c.language, o.name as company, count(*)::int as count, min(l.esia_due_on)::text as due_on
       from message m
       join customer c on c.id = m.customer_id
       join login g on g.id = c.id and g.disabled_at is null
       join company o on o.customer_id = c.id and o.closed_at is null
       join esia_reminder r on r.message_id = m.id
       join line l on l.id = r.line_id and l.customer_id = c.id and l.state <> 'ended' and l.esia_state = 'to_do' and l.esia_due_on = r.due_on
       where m.id = $1 and m.recipient = case m.channel when 'email' then c.email else g.phone end
       group by r.stage, m.channel, c.language, o.name`,
      [messageId],
    );
    return told;
  }
}
