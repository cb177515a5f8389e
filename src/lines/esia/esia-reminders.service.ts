import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { dayOf } from '../../infra/i18n/format.js';
import { type Announcement, Messages } from '../../notifications/messages.service.js';
import { newId } from '../../shared/ids.js';
import { type StageDays, stageDays } from './esia.js';

const AT_ONCE = 200;
const STATEMENT_TIMEOUT_MS = 60_000;
/** So long it is worth saying that something is overdue. */
const OVERDUE_DAYS = 7;

interface Candidate {
  customer_id: string;
  channel: 'sms' | 'email';
  recipient: string;
  lines: { id: string; due_on: string }[];
}

/**
 * Tells companies that numbers have no user in ESIA: a week before, a day before, and once when it is overdue. All numbers
 * that a run finds for a company and a stage are one message. It is a duty of theirs, so it is no topic to be left.
 */
@Injectable()
export class EsiaReminders {
  constructor(
    private readonly database: Database,
    private readonly messages: Messages,
    private readonly config: Config,
  ) {}

  /**
   * Writes what is to be told at `now` (business time) and returns how many messages. Safe to run twice, beside itself and
   * after a kill: a message and the rows of its numbers are one transaction, and each row is there once.
   */
  async remind(now: Date): Promise<number> {
    let written = 0;
    for (const days of stageDays(dayOf(now, this.config.timeZone))) written += await this.remindOf(days, now);
    this.messages.ring();
    return written;
  }

  private async remindOf(days: StageDays, now: Date): Promise<number> {
    let written = 0;
    for (let last: string | null | undefined = null; last !== undefined;) {
      const [some, count]: [Candidate[], number] = await this.remindSome(days, now, last);
      written += count;
      last = some.length === AT_ONCE ? some.at(-1)?.customer_id : undefined;
    }
    return written;
  }

  private remindSome(days: StageDays, now: Date, last: string | null): Promise<[Candidate[], number]> {
    return this.database.transaction(
      async (sql) => {
        const candidates = await this.candidates(sql, days, last);
        const announcements: Announcement[] = [];
        for (const candidate of candidates) {
          const id = newId();
          if (await this.claim(sql, { candidate, id, days }, now)) {
            announcements.push(this.announcement(id, candidate, days, now));
          }
        }
        if (announcements.length > 0) await this.messages.announce(sql, announcements);
        return [candidates, announcements.length];
      },
      { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    );
  }

  private candidates(sql: Sql, { stage, from, through }: StageDays, last: string | null): Promise<Candidate[]> {
    return sql.query<Candidate>(
      `select c.id as customer_id, case when c.email_confirmed_at is null then 'sms' else 'email' end as channel,
              case when c.email_confirmed_at is null then g.phone else c.email end as recipient,
              json_agg(json_build_object('id', l.id, 'due_on', l.esia_due_on) order by l.esia_due_on, l.id) as lines
       from line l
       join company o on o.customer_id = l.customer_id and o.closed_at is null
       join customer c on c.id = l.customer_id
       join login g on g.id = c.id and g.disabled_at is null
       where l.state <> 'ended' and l.esia_state = 'to_do' and ($1::date is null or l.esia_due_on >= $1) and l.esia_due_on <= $2
         and not exists (select from esia_reminder r where r.line_id = l.id and r.due_on = l.esia_due_on and r.stage = $3)
         and ($4::uuid is null or c.id > $4)
       group by c.id, g.phone order by c.id limit ${AT_ONCE}`,
      [from, through, stage, last],
    );
  }

  /** Whether there is a number that no other run has told of meanwhile. */
  private async claim(sql: Sql, { candidate, id, days }: Claim, now: Date): Promise<boolean> {
    const claimed = await sql.query(
      `insert into esia_reminder (line_id, due_on, stage, message_id, created_at)
       select id, due_on, $2, $3, $4 from json_to_recordset($1::json) as l (id uuid, due_on date) order by id
       on conflict (line_id, due_on, stage) do nothing returning line_id`,
      [JSON.stringify(candidate.lines), days.stage, id, now],
    );
    return claimed.length > 0;
  }

  /** Useless once the next stage tells of the last of its numbers. */
  private announcement(id: string, { customer_id, channel, recipient, lines }: Candidate, days: StageDays, now: Date) {
    const zone = this.config.timeZone;
    const lastDay = DateTime.fromISO(lines.at(-1)!.due_on, { zone });
    const until = { week: lastDay.minus({ days: 1 }), day: lastDay.plus({ days: 1 }), overdue: null }[days.stage];
    const uselessAt = (until ?? DateTime.fromJSDate(now, { zone }).plus({ days: OVERDUE_DAYS })).toJSDate();
    const to = { channel, to: recipient, customerId: customer_id };
    return { id, topic: 'esia' as const, ...to, uselessAt, unsubscribeUrl: null };
  }
}

interface Claim {
  candidate: Candidate;
  id: string;
  days: StageDays;
}
