import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Customers } from '../../customers/customers.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Eraser, type Leaver, type Person, PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';
import { Clock } from '../../shared/clock.js';
import { forgetOrders } from '../forgetting/forget-orders.js';

const ORDERS = `
  select o.id as key, jsonb_build_object('number', o.number, 'state', o.state, 'name', o.name, 'company', o.company, 'phone', o.phone,
    'email', o.email, 'address', o.address, 'wantedNumber', o.wanted_number, 'usedBy', o.used_by, 'comment', o.comment, 'tariff', v.name,
    'consentVersion', o.consent_version, 'consentAt', o.consent_at, 'consentMeans', o.consent_means, 'createdAt', o.created_at, 'closedAt', o.closed_at) as row
  from sim_order o join tariff_version v on v.id = o.tariff_version_id
  where o.customer_id = any($1) and ($2::uuid is null or o.id > $2::uuid) order by o.id`;

const OPEN = `closed_at is null and state <> 'handed_over'`;

/** Their applications. What they typed goes with them, whoever they were to us when they typed it. */
@Injectable()
export class OrderData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly customers: Customers,
    private readonly database: Database,
    private readonly clock: Clock,
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
      `select id from sim_order
       where customer_id = any($1) or ((phone = any($2) or email = any($2)) and closed_at is not null) for update`,
      [ids, addresses],
    );
    await forgetOrders(
      sql,
      gone.map(({ id }) => id),
      this.clock.now(),
    );
  }
}
