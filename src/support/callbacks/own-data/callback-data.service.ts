import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Sql } from '../../../infra/database/sql.js';
import { type Eraser, type Leaver, PersonalData } from '../../../infra/personal-data/personal-data.js';
import { Database } from '../../../infra/database/database.js';
import { sqlPart } from '../../../infra/personal-data/sql-part.js';

/** Callbacks know a phone only: they are the customer's whose contact phone it is. */
const CALLBACKS = `
  select c.id as key, jsonb_build_object('phone', c.phone, 'name', c.name, 'topic', c.topic, 'state', c.state, 'outcome', c.outcome,
    'createdAt', c.asked_at, 'closedAt', c.closed_at) as row
  from callback c join login l on l.phone = c.phone
  where l.id = any($1) and ($2::uuid is null or c.id > $2::uuid) order by c.id`;

/** What they asked to be called about; it goes as a whole, with what was noted. */
@Injectable()
export class CallbackData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personal.on(sqlPart(this.database, 'callbacks', CALLBACKS));
    this.personal.erasedBy(this);
  }

  async erase(sql: Sql, { addresses }: Leaver): Promise<void> {
    await sql.query('delete from callback where phone = any($1)', [addresses]);
  }
}
