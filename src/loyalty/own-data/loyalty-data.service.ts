import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { type Eraser, type Leaver, type Person, PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';

const BALANCES = `
  select a.id as key, json_build_object('points', round(a.balance / 100.0, 2)::text) as row
  from account a join customer c on c.points_account_id = a.id
  where c.id = any($1) and ($2::uuid is null or a.id > $2::uuid) order by a.id`;
const LOTS = `
  select l.id as key, json_build_object('points', round(l.amount / 100.0, 2)::text, 'left', round(l.remaining / 100.0, 2)::text,
    'earnedAt', l.earned_at, 'expiresAt', l.expires_at) as row
  from lot l join customer c on c.points_account_id = l.account_id
  where c.id = any($1) and ($2::uuid is null or l.id > $2::uuid) order by l.id`;
const PURCHASES = `
  select p.id as key, json_build_object('at', p.occurred_at, 'station', s.name, 'card', p.card_number,
    'receipt', p.receipt_number, 'state', p.state, 'total', round(p.total_kopecks / 100.0, 2)::text,
    'spent', round(p.redeemed_hundredths / 100.0, 2)::text, 'earned', round(p.earned_hundredths / 100.0, 2)::text,
    'lines', (select json_agg(json_build_object('category', l.category, 'name', l.name,
        'quantity', round(l.quantity_thousandths / 1000.0, 3)::text, 'sum', round(l.sum_kopecks / 100.0, 2)::text,
        'discount', round(l.discount_kopecks / 100.0, 2)::text, 'earned', round(l.earned_hundredths / 100.0, 2)::text, 'rules', l.rules) order by l.index)
      from purchase_line l where l.purchase_id = p.id)) as row
  from purchase p join card on card.number = p.card_number join station s on s.id = p.station_id
  where card.customer_id = any($1) and ($2::uuid is null or p.id > $2::uuid) order by p.id`;
const REFUNDS = `
  select r.id as key, json_build_object('at', r.occurred_at, 'card', p.card_number, 'receipt', r.receipt_number,
    'purchaseReceipt', p.receipt_number, 'sum', round(r.sum_kopecks / 100.0, 2)::text,
    'returned', round(r.returned_hundredths / 100.0, 2)::text, 'takenBack', round(r.taken_back_hundredths / 100.0, 2)::text) as row
  from refund r join purchase p on p.id = r.purchase_id join card on card.number = p.card_number
  where card.customer_id = any($1) and ($2::uuid is null or r.id > $2::uuid) order by r.id`;
const CLAIMS = `
  select c.id as key, json_build_object('claimedAt', c.claimed_at, 'state', c.state, 'reason', c.reason,
    'printedAt', c.printed_at, 'sum', round(c.sum_kopecks / 100.0, 2)::text, 'fiscalStorage', c.fiscal_storage,
    'fiscalDocument', c.fiscal_document::text, 'fiscalSign', c.fiscal_sign::text, 'settledAt', c.settled_at) as row
  from receipt_claim c where c.customer_id = any($1) and ($2::uuid is null or c.id > $2::uuid) order by c.id`;
const DEVICES = `
  select d.id as key, json_build_object('name', d.name, 'createdAt', d.created_at, 'revokedAt', d.revoked_at) as row
  from spending_device d where d.customer_id = any($1) and ($2::uuid is null or d.id > $2::uuid) order by d.id`;

/** Points and what they came from. Cashiers are other people and stay out. */
@Injectable()
export class LoyaltyData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.personal.on(
      sqlPart(this.database, 'points', BALANCES),
      sqlPart(this.database, 'lots', LOTS),
      sqlPart(this.database, 'purchases', PURCHASES),
      sqlPart(this.database, 'refunds', REFUNDS),
      sqlPart(this.database, 'claims', CLAIMS),
      sqlPart(this.database, 'phones', DEVICES),
    );
    this.personal.erasedBy(this);
  }

  /** A purchase that waits for the pump is finished first; who owes points does not leave them behind. */
  async obstacles(sql: Sql, { ids }: Person): Promise<string[]> {
    const [books] = await sql.query<{ held: boolean; owed: boolean }>(
      `select bool_or(exists (select from points_hold where account_id = a.id and settled_at is null)) as held,
              bool_or(a.balance < 0) as owed
       from account a join customer c on c.points_account_id = a.id where c.id = any($1)`,
      [ids],
    );
    return [...(books?.held ? ['held'] : []), ...(books?.owed ? ['pointsOwed'] : [])];
  }

  /** Purchases and points stay, of nobody; points burn on their day. */
  async erase(sql: Sql, { ids }: Leaver): Promise<void> {
    const now = this.clock.now();
    await sql.query('update activation set phone = null, person = null where customer_id = any($1)', [ids]);
    await sql.query('delete from segment_member where customer_id = any($1)', [ids]);
    await sql.query(
      `update spending_device set name = '-', secret_sealed = '', revoked_at = coalesce(revoked_at, $2)
       where customer_id = any($1)`,
      [ids, now],
    );
    await sql.query(
      `update receipt_claim set state = 'expired', settled_at = $2 where customer_id = any($1) and state in ('waiting', 'review')`,
      [ids, now],
    );
    await sql.query(`update receipt_claim set decision = '-' where customer_id = any($1) and decision is not null`, [
      ids,
    ]);
  }
}
