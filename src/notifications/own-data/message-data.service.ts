import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Eraser, type Leaver, PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';

const MESSAGES = `
  select m.id as key, json_build_object('at', m.created_at, 'channel', m.channel, 'to', m.recipient, 'topic', m.topic,
    'subject', m.subject, 'text', case when not m.secret then m.body end, 'state', m.state, 'sentAt', m.sent_at) as row
  from message m where (m.customer_id = any($1) or m.recipient = any(array(select phone from login where id = any($1))))
    and (m.customer_id is not null or m.created_at >= (
      select coalesce(phone_since, created_at) from login where phone = m.recipient))
    and ($2::uuid is null or m.id > $2::uuid) order by m.id`;

/** What was sent to them; codes and passwords were wiped. Before a phone was theirs, its messages were somebody else’s. */
@Injectable()
export class MessageData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personal.on(sqlPart(this.database, 'messages', MESSAGES));
    this.personal.erasedBy(this);
  }

  /** That something was sent stays; to whom and what does not. */
  async erase(sql: Sql, { ids, addresses }: Leaver): Promise<void> {
    await sql.query(
      `update message set recipient = 'erased', subject = null, body = null, unsubscribe_url = null, error = null,
         state = case when state = 'queued' then 'cancelled' else state end
       where customer_id = any($1) or recipient = any($2)`,
      [ids, addresses],
    );
    await sql.query('delete from dev_inbox where recipient = any($1)', [addresses]);
  }
}
