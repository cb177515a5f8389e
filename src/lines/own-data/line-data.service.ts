import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Eraser, type Leaver, type Person, PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';

const ACCOUNTS = `
  select p.id as key, json_build_object('number', p.number, 'openedAt', p.opened_at, 'balance', round(a.balance / 100.0, 2)::text) as row
  from personal_account p join account a on a.id = p.id where p.customer_id = any($1) and ($2::uuid is null or p.id > $2::uuid) order by p.id`;
const LINES = `
  select l.id as key, json_build_object('phone', l.number, 'operator', o.name, 'tariff', v.name, 'state', l.state, 'usedBy', l.used_by,
    'nickname', l.nickname, 'openedAt', l.opened_at, 'activatedAt', l.activated_at, 'endedAt', l.ended_at) as row
  from line l join operator o on o.id = l.operator_id join tariff_version v on v.id = l.tariff_version_id where l.customer_id = any($1) and ($2::uuid is null or l.id > $2::uuid) order by l.id`;

/** Their numbers, tariffs and ruble account. */
@Injectable()
export class LineData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personal.on(sqlPart(this.database, 'personalAccounts', ACCOUNTS), sqlPart(this.database, 'lines', LINES));
    this.personal.erasedBy(this);
  }

  /** A live number is ended first, which calls off what its operator is busy with, and the ruble account brought to zero. */
  async obstacles(sql: Sql, { ids }: Person): Promise<string[]> {
    const [state] = await sql.query<{ live: boolean; owed: boolean; left: boolean }>(
      `select exists (select from line where customer_id = any($1) and state <> 'ended') as live,
              coalesce(bool_or(a.balance < 0), false) as owed, coalesce(bool_or(a.balance > 0), false) as left
       from personal_account p join account a on a.id = p.id where p.customer_id = any($1)`,
      [ids],
    );
    const { live, owed, left } = state!;
    return [...(live ? ['liveLine'] : []), ...(owed ? ['moneyOwed'] : []), ...(left ? ['moneyLeft'] : [])];
  }

  async erase(sql: Sql, { ids }: Leaver): Promise<void> {
    await sql.query('update line set used_by = null, nickname = null where customer_id = any($1)', [ids]);
    await sql.query(
      `update line_event set reason = null
       where reason is not null and line_id in (select id from line where customer_id = any($1))`,
      [ids],
    );
  }
}
