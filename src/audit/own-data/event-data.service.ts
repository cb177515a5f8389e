import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';

const EVENTS = `
  select e.seq::text as key, json_build_object('at', e.at, 'action', e.action, 'by', e.actor_kind, 'details', e.facts,
    'ip', case when e.actor_kind = 'customer' then host(e.ip) end) as row
  from audit_log e where e.object_kind in ('customer', 'login') and e.object_id = any($1::text[])
    and ($2::bigint is null or e.seq > $2::bigint) order by e.seq`;

/** What is on record about them. Of staff only that it was one of them; addresses only where the person came from there. */
@Injectable()
export class EventData implements OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personal.on(sqlPart(this.database, 'events', EVENTS));
  }
}
