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
  /** How many are due on the nearest of their days, and how many later. */
  count: number;
  more: number;
  due_on: string;
  last_on: string;
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
    const { stage, channel, language, company, count, more } = told;
    const { timeZone: zone, publicUrl, brand } = this.config;
    const dayOf = (day: string): string =>
      formatDate(DateTime.fromISO(day, { zone }).toJSDate(), { language, zone, now: this.clock.now() }).replaceAll(
        '\u00a0',
        ' ',
      );
    const link = `${publicUrl}/cabinet/company?show=attention`;
    const rest = more === 0 ? '' : text(language, 'companies:reminder.more', { count: more, day: dayOf(told.last_on) });
    const words = { count, company, lastDay: dayOf(told.due_on), more: rest, link, brand: brand.name };
    return {
      subject: channel === 'email' ? text(language, `companies:reminder.subject.${stage}`, words) : null,
      text: text(language, `companies:reminder.text.${stage}`, words),
    };
  }

  /** Only while the customer is the company and the message still goes to where they are reached. */
  private async told(messageId: string): Promise<Told | undefined> {
    const [told] = await this.database.query<Told>(
      `with due as (
         select r.stage, m.channel, c.language, o.name as company, l.esia_due_on::text as day, count(*)::int as count
         from message m
         join customer c on c.id = m.customer_id
         join login g on g.id = c.id and g.disabled_at is null
         join company o on o.customer_id = c.id and o.closed_at is null
         join esia_reminder r on r.message_id = m.id
         join line l on l.id = r.line_id and l.customer_id = c.id and l.state <> 'ended' and l.esia_state = 'to_do' and l.esia_due_on = r.due_on
         where m.id = $1 and m.recipient = case m.channel when 'email' then c.email else g.phone end
         group by r.stage, m.channel, c.language, o.name, l.esia_due_on)
       select stage, channel, language, company, count, day as due_on,
              ((select sum(count) from due) - count)::int as more, (select max(day) from due) as last_on
       from due order by day limit 1`,
      [messageId],
    );
    return told;
  }
}
