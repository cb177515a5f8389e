import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CHANNEL_IN_USE } from '../../customers/preferences/channels.js';
import { UnsubscribeLinks } from '../../customers/preferences/unsubscribe-links.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Language } from '../../infra/i18n/texts.js';
import { LastWords, type Words } from '../../notifications/last-words.service.js';
import { Clock } from '../../shared/clock.js';
import { reminderEmail, reminderSms } from './reminder-words.js';

interface Reminded {
  customer_id: string;
  channel: 'sms' | 'email';
  language: Language;
  burns_at: string;
  remaining: string;
}

/** Words of a reminder when it leaves: what was spent since, or is wanted no more, is not announced. */
@Injectable()
export class ReminderComposer implements OnModuleInit {
  constructor(
    private readonly lastWords: LastWords,
    private readonly unsubscribe: UnsubscribeLinks,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.lastWords.on('burning', (messageId) => this.compose(messageId));
  }

  private async compose(messageId: string): Promise<Words | null> {
    const reminded = await this.find(messageId);
    if (!reminded) return null;
    const { timeZone: zone, publicUrl: siteUrl, brand } = this.config;
    const unsubscribeUrl = this.unsubscribe.linkFor({ customerId: reminded.customer_id, topic: 'burning' });
    const burning = {
      pointsHundredths: BigInt(reminded.remaining),
      burnsAt: new Date(reminded.burns_at),
      language: reminded.language,
    };
    const around = { zone, now: this.clock.now(), brand: brand.name, siteUrl, unsubscribeUrl };
    return reminded.channel === 'email' ? reminderEmail(burning, around) : reminderSms(burning, around);
  }

  /** Only while the points are there and the customer still wants it over this channel, at this address. */
  private async find(messageId: string): Promise<Reminded | undefined> {
    const [reminded] = await this.database.query<Reminded>(
      `select c.id as customer_id, m.channel, c.language, r.burns_at, d.remaining
       from burn_reminder r
       join message m on m.id = r.message_id
       join lot_day d on d.account_id = r.account_id and d.expires_at = r.burns_at and d.remaining >= $2
       join customer c on c.id = m.customer_id and c.points_account_id = r.account_id
       join login l on l.id = c.id and l.disabled_at is null
       left join notification_choice n on n.customer_id = c.id and n.topic = 'burning'
       where r.message_id = $1 and m.channel = ${CHANNEL_IN_USE}
         and m.recipient = case m.channel when 'email' then c.email else l.phone end`,
      [messageId, this.config.messaging.remindFromHundredths],
    );
    return reminded;
  }
}
