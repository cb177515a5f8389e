import type { Sql } from '../../infra/database/sql.js';

export interface MessageRow {
  channel: 'sms' | 'email' | 'push';
  topic: string;
  state: 'queued' | 'sent' | 'failed' | 'cancelled';
  subject: string | null;
  /** Null where it carried a secret, and before it has words. */
  body: string | null;
  secret: boolean;
  created_at: string;
}

const LAST = 8;

/** What was written to somebody, newest first, whoever they were merged from. Codes go to a phone, whoever it belongs to. */
export function lastMessagesTo(sql: Sql, people: readonly { id: string; phone: string }[]): Promise<MessageRow[]> {
  return sql.query<MessageRow>(
    `select channel, topic, state, subject, case when not secret then body end as body, secret, created_at
     from (select * from (select * from message where customer_id = any($1) order by created_at desc limit ${LAST}) named
           union
           select * from (select * from message where recipient = any($2) order by created_at desc limit ${LAST}) called) both_ways
     order by created_at desc, id desc limit ${LAST}`,
    [people.map(({ id }) => id), people.map(({ phone }) => phone)],
  );
}
