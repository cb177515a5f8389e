import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Customers } from '../../customers/customers.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Eraser, type Leaver, type Person, PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';
import { text } from '../../infra/i18n/texts.js';

const ORDERS = `
  select o.id as key, jsonb_build_object('number', o.number, 'state', o.state, 'name', o.name, 'company', o.company, 'phone', o.phone,
    'email', o.email, 'address', o.address, 'wantedNumber', o.wanted_number, 'comment', o.comment, 'tariff', v.name,
    'consentVersion', o.consent_version, 'consentAt', o.consent_at, 'createdAt', o.created_at, 'closedAt', o.closed_at) as row
  from sim_order o join tariff_version v on v.id = o.tariff_version_id
  where o.customer_id = any($1) and ($2::uuid is null or o.id > $2::uuid) order by o.id`;

/** Nobody's number, of no country. */
const NO_PHONE = '+99900000000';
const OPEN = `closed_at is null and state <> 'handed_over'`;

/** Their applications. What they typed goes with them, whoever they were to us when they typed it. */
@Injectable()
export class OrderData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly customers: Customers,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personal.on(sqlPart(this.database, 'orders', ORDERS));
    this.personal.erasedBy(this);
    this.customers.whenAbsorbed(async (sql, { fromId, intoId }) => {
      await sql.query('update sim_order set customer_id = $2 where customer_id = $1', [fromId, intoId]);
    });
  }

  /** An application that is being worked on is cancelled first. */
  async obstacles(sql: Sql, { ids }: Person): Promise<string[]> {
    const open = await sql.query(`select from sim_order where customer_id = any($1) and ${OPEN} limit 1`, [ids]);
    return open.length > 0 ? ['openOrder'] : [];
  }

  async erase(sql: Sql, { ids, addresses }: Leaver): Promise<void> {
    const gone = await sql.query<{ id: string }>(
      `update sim_order set name = $3, company = null, phone = $4, email = null, wanted_number = null, comment = null,
         address = case when address is not null then $3 end
       where customer_id = any($1) or ((phone = any($2) or email = any($2)) and closed_at is not null) returning id`,
      [ids, addresses, text('ru', 'deletion:desk.erased'), NO_PHONE],
    );
    await sql.query(
      `update sim_order_event set comment = null, reason = null
       where order_id = any($1) and (comment is not null or reason is not null)`,
      [gone.map(({ id }) => id)],
    );
  }
}
