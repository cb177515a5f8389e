import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { Consents } from '../consents.service.js';
import { type Channel, type Topic, TOPICS } from './channels.js';

/** As chosen, else the best channel there is. */
export interface Preferences {
  burning: Channel;
  /** None without the consent to mailings, whatever was chosen. */
  news: Channel;
  email: string | null;
  emailConfirmed: boolean;
  /** E.164. */
  phone: string;
}

interface PreferencesRow {
  email: string | null;
  email_confirmed: boolean;
  phone: string;
  burning: Channel | null;
  news: Channel | null;
  mailings: boolean;
}

/** What a customer wants to hear, and over which channel. */
@Injectable()
export class PreferencesService {
  constructor(
    private readonly database: Database,
    private readonly consents: Consents,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async find(customerId: string): Promise<Preferences> {
    const [row] = await this.database.query<PreferencesRow>(
      `select c.email, c.email_confirmed_at is not null as email_confirmed, l.phone,
              (select channel from notification_choice where customer_id = c.id and topic = 'burning') as burning,
              (select channel from notification_choice where customer_id = c.id and topic = 'news') as news,
              exists (select from consent where customer_id = c.id and kind = 'mailings' and withdrawn_at is null) as mailings
       from customer c join login l on l.id = c.id where c.id = $1`,
      [customerId],
    );
    const { email, email_confirmed: emailConfirmed, phone, burning, news, mailings } = row!;
    const best = emailConfirmed ? 'email' : 'sms';
    return {
      burning: burning ?? best,
      news: mailings ? (news ?? best) : 'none',
      ...{ email, emailConfirmed, phone },
    };
  }

  /**
   * What stays as it was shown is not written: it goes on following the best channel. Choosing a channel for news gives
   * the consent to mailings, choosing none withdraws it.
   */
  async choose(customerId: string, chosen: Record<Topic, Channel>): Promise<void> {
    const before = await this.find(customerId);
    const changed = TOPICS.filter((topic) => chosen[topic] !== before[topic]);
    if (changed.length === 0) return;
    const wantsNews = chosen.news !== 'none';
    if (wantsNews !== (before.news !== 'none')) await this.consents.chooseMailings(customerId, wantsNews);
    await this.database.transaction(async (sql) => {
      for (const topic of changed) {
        if (topic !== 'news' || wantsNews) await this.keep(sql, customerId, topic, chosen[topic]);
      }
      await this.record(sql, customerId, Object.fromEntries(changed.map((topic) => [topic, chosen[topic]])));
    });
  }

  /** By the link of a mail. Twice is as good as once. */
  async leave(customerId: string, topic: Topic): Promise<void> {
    if (topic === 'news') {
      const { news } = await this.find(customerId);
      if (news !== 'none') await this.consents.chooseMailings(customerId, false);
      return;
    }
    await this.database.transaction(async (sql) => {
      const changed = await this.keep(sql, customerId, topic, 'none');
      if (changed) await this.record(sql, customerId, { [topic]: 'none', by: 'mail' });
    });
  }

  private async keep(sql: Sql, customerId: string, topic: Topic, channel: Channel): Promise<boolean> {
    const changed = await sql.query(
      `insert into notification_choice (customer_id, topic, channel, chosen_at) values ($1, $2, $3, $4)
       on conflict (customer_id, topic) do update set channel = excluded.channel, chosen_at = excluded.chosen_at
       where notification_choice.channel <> excluded.channel
       returning topic`,
      [customerId, topic, channel, this.clock.now()],
    );
    return changed.length > 0;
  }

  private record(sql: Sql, id: string, facts: Record<string, unknown>): Promise<void> {
    const actor = { kind: 'customer', id } as const;
    const action = 'customer.notifications_chosen';
    return this.audit.record(sql, { actor, action, object: { kind: 'customer', id }, facts });
  }
}
