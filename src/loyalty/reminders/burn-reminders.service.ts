import { Injectable } from '@nestjs/common';
import { CHANNEL_IN_USE } from '../../customers/preferences/channels.js';
import { UnsubscribeLinks } from '../../customers/preferences/unsubscribe-links.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Announcement, Messages } from '../../notifications/messages.service.js';
import { newId } from '../../shared/ids.js';
import { stageWindows, uselessAt, type Window } from './reminder-stages.js';

const AT_ONCE = 500;
const STATEMENT_TIMEOUT_MS = 60_000;

interface Candidate {
  account_id: string;
  /** The days to be reminded of, those that burn first at the front; as PostgreSQL writes them: to the microsecond. */
  days: string[];
  customer_id: string;
  channel: 'sms' | 'email';
  recipient: string;
}

/**
 * Tells customers that points are about to burn, 30 and 7 days before, of each day of burning once a stage (product L10).
 * All days that a run finds for a customer and a stage are one message.
 */
@Injectable()
export class BurnReminders {
  constructor(
    private readonly database: Database,
    private readonly messages: Messages,
    private readonly unsubscribe: UnsubscribeLinks,
    private readonly config: Config,
  ) {}

  /**
   * Writes what is to be announced at `now` (business time) and returns how many messages. Safe to run twice, beside
   * itself and after a kill: a message and the rows of its days are one transaction, and each row is there once.
   */
  async remind(now: Date): Promise<number> {
    let written = 0;
    for (const window of stageWindows(now, this.config.timeZone)) written += await this.remindOf(window, now);
    this.messages.ring();
    return written;
  }

  private async remindOf(window: Window, now: Date): Promise<number> {
    let written = 0;
    let last: Candidate | undefined;
    do {
      const [some, count] = await this.remindSome(window, now, last);
      written += count;
      last = some.length === AT_ONCE ? some.at(-1) : undefined;
    } while (last);
    return written;
  }

  private remindSome(window: Window, now: Date, last: Candidate | undefined): Promise<[Candidate[], number]> {
    return this.database.transaction(
      async (sql) => {
        const candidates = await this.candidates(sql, window, last);
        const claimed = await this.claim(sql, candidates, window, now);
        const announcements = candidates.flatMap((candidate) => {
          const id = claimed.get(candidate.account_id);
          return id ? [this.announcement(id, candidate, window)] : [];
        });
        if (announcements.length > 0) await this.messages.announce(sql, announcements);
        return [candidates, announcements.length];
      },
      { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    );
  }

  /** Only customers who want it and may log in; cards that nobody has activated belong to no customer. */
  private candidates(sql: Sql, { stage, after, before }: Window, last: Candidate | undefined): Promise<Candidate[]> {
    return sql.query<Candidate>(
      `select d.account_id, array_agg(d.expires_at::text order by d.expires_at) as days, c.id as customer_id, way.channel,
              case way.channel when 'email' then c.email else l.phone end as recipient
       from lot_day d
       join customer c on c.points_account_id = d.account_id
       join login l on l.id = c.id and l.disabled_at is null
       left join notification_choice n on n.customer_id = c.id and n.topic = 'burning'
       cross join lateral (select ${CHANNEL_IN_USE} as channel) way
       where d.expires_at > $1 and d.expires_at < $2 and d.remaining >= $3 and way.channel is not null
         and not exists (select from burn_reminder r
                         where r.account_id = d.account_id and r.burns_at = d.expires_at and r.stage = $4)
         and ($5::uuid is null or d.account_id > $5)
       group by d.account_id, c.id, way.channel, l.phone
       order by d.account_id limit ${AT_ONCE}`,
      [after, before, this.config.messaging.remindFromHundredths, stage, last?.account_id ?? null],
    );
  }

  /** Message ids by account, for those whom no other run has reminded meanwhile. */
  private async claim(
    sql: Sql,
    candidates: readonly Candidate[],
    { stage }: Window,
    now: Date,
  ): Promise<Map<string, string>> {
    const days = candidates.flatMap(({ account_id, days: found }) => {
      const messageId = newId();
      return found.map((burns_at) => ({ account_id, burns_at, messageId }));
    });
    const rows = await sql.query<{ account_id: string; message_id: string }>(
      `insert into burn_reminder (account_id, burns_at, stage, message_id, created_at)
       select account_id, burns_at, $4, message_id, $5
       from unnest($1::uuid[], $2::timestamptz[], $3::uuid[]) as row (account_id, burns_at, message_id)
       order by account_id, burns_at
       on conflict (account_id, burns_at, stage) do nothing
       returning account_id, message_id`,
      [
        days.map(({ account_id }) => account_id),
        days.map(({ burns_at }) => burns_at),
        days.map(({ messageId }) => messageId),
        stage,
        now,
      ],
    );
    return new Map(rows.map((row) => [row.account_id, row.message_id]));
  }

  /** May wait for as long as it is right for any of its days; which, is seen when it leaves. */
  private announcement(id: string, candidate: Candidate, { stage }: Window): Announcement {
    const { customer_id: customerId, channel, recipient: to, days } = candidate;
    const topic = 'burning';
    return {
      ...{ id, topic, channel, to, customerId },
      uselessAt: uselessAt(new Date(days.at(-1)!), stage, this.config.timeZone),
      unsubscribeUrl: channel === 'email' ? this.unsubscribe.linkFor({ customerId, topic }) : null,
    };
  }
}
