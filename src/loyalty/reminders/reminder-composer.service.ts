import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CHANNEL_IN_USE } from '../../customers/preferences/channels.js';
import { UnsubscribeLinks } from '../../customers/preferences/unsubscribe-links.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Language } from '../../infra/i18n/texts.js';
import { LastWords, type Words } from '../../notifications/last-words.service.js';
import { Clock } from '../../shared/clock.js';
import { type Stage, stageWindows, uselessAt } from './reminder-stages.js';
import { reminderEmail, reminderSms } from './reminder-words.js';

interface DayRow {
  customer_id: string;
  channel: 'sms' | 'email';
  language: Language;
  expires_at: string;
  remaining: string;
  /** Null where the message is not about this day. */
  stage: Stage | null;
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
    const rows = await this.days(messageId);
    const now = this.clock.now();
    const { timeZone: zone, publicUrl: siteUrl, brand } = this.config;
    const next = rows.find((row) => this.isStillTold(row, now));
    if (!next) return null;
    const { stage, language, channel, customer_id: customerId } = next;
    const { before } = stageWindows(now, zone).find((window) => window.stage === stage)!;
    const soon = rows.filter(({ expires_at }) => new Date(expires_at) < before);
    const burning = {
      pointsHundredths: BigInt(next.remaining),
      burnsAt: new Date(next.expires_at),
      totalHundredths: soon.reduce((sum, { remaining }) => sum + BigInt(remaining), 0n),
      days: stage!,
      language,
    };
    const unsubscribeUrl = this.unsubscribe.linkFor({ customerId, topic: 'burning' });
    const around = { zone, now, brand: brand.name, siteUrl, unsubscribeUrl };
    return channel === 'email' ? reminderEmail(burning, around) : reminderSms(burning, around);
  }

  /** A day that came so close meanwhile that the next stage is for it is left to that one's message. */
  private isStillTold({ stage, remaining, expires_at }: DayRow, now: Date): boolean {
    if (stage === null || BigInt(remaining) < BigInt(this.config.messaging.remindFromHundredths)) return false;
    return uselessAt(new Date(expires_at), stage, this.config.timeZone) > now;
  }

  /** All days with points, only while the customer still wants it over this channel, at this address. */
  private days(messageId: string): Promise<DayRow[]> {
    return this.database.query<DayRow>(
      `select c.id as customer_id, m.channel, c.language, d.expires_at, d.remaining, r.stage
       from message m
       join customer c on c.id = m.customer_id
       join login l on l.id = c.id and l.disabled_at is null
       join lot_day d on d.account_id = c.points_account_id and d.expires_at > $2
       left join burn_reminder r on r.message_id = m.id and r.account_id = d.account_id and r.burns_at = d.expires_at
       left join notification_choice n on n.customer_id = c.id and n.topic = 'burning'
       where m.id = $1 and m.channel = ${CHANNEL_IN_USE}
         and m.recipient = case m.channel when 'email' then c.email else l.phone end
       order by d.expires_at`,
      [messageId, this.clock.now()],
    );
  }
}
