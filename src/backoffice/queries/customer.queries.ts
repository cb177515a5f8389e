import { Injectable } from '@nestjs/common';
import { CHANGED_BIRTH_DATE_DAYS } from '../../customers/birth-date.js';
import { OpenSessions } from '../../auth/open-sessions/open-sessions.service.js';
import { Database } from '../../infra/database/database.js';
import { CustomerOrders } from '../orders/customer-orders.service.js';
import { type CareEvent, CareQueries } from './care.queries.js';

export interface CustomerProfile {
  id: string;
  phone: string;
  surname: string | null;
  name: string | null;
  patronymic: string | null;
  birth_date: string | null;
  birth_date_changed_on: string | null;
  birth_date_from: string | null;
  sex: 'female' | 'male' | null;
  email: string | null;
  language: string;
  points_account_id: string;
  /** Hundredths of a point without what has burnt already but is not booked yet. */
  available: string;
  has_password: boolean;
  created_at: string;
  /** Whose points, cards and history theirs are now; null for whoever was not absorbed. */
  merged_into: string | null;
  merged_at: string | null;
  /** When the cabinet is to be deleted by its owner's wish, and when it was. */
  deletion_due_at: string | null;
  deleted_at: string | null;
}

export interface LotRow {
  id: string;
  remaining: string;
  amount: string;
  earned_at: string;
  expires_at: string;
  purchase_id: string | null;
}

export interface CustomerCardRow {
  number: string;
  kind: 'plastic' | 'virtual';
  nickname: string | null;
  state: string;
  since: string;
}

export interface ConsentRow {
  kind: string;
  text_version: string;
  source: string;
  given_at: string;
  withdrawn_at: string | null;
}

const MOST_LOTS = 6;

/** Everything on one person's page but what happened (operations and audit have their own lists). */
@Injectable()
export class CustomerPageQueries {
  constructor(
    private readonly database: Database,
    private readonly careQueries: CareQueries,
    private readonly sessions: OpenSessions,
    private readonly orders: CustomerOrders,
  ) {}

  async profile(id: string, now: Date): Promise<CustomerProfile | undefined> {
    const [profile] = await this.database.query<CustomerProfile>(
      `select c.id, l.phone, c.surname, c.name, c.patronymic, c.birth_date::text, c.birth_date_changed_on::text,
              (c.birth_date_changed_on + ${CHANGED_BIRTH_DATE_DAYS})::text as birth_date_from, c.sex, c.email, c.language,
              c.points_account_id, c.created_at, l.password_hash is not null as has_password,
              c.merged_into, (select merged_at from customer_merge where from_customer_id = c.id) as merged_at,
              (select due_at from account_deletion where customer_id = c.id and cancelled_at is null and done_at is null) as deletion_due_at,
              (select done_at from account_deletion where customer_id = c.id and done_at is not null) as deleted_at,
              a.balance - coalesce((select sum(remaining) from lot_day
                                    where account_id = a.id and expires_at <= $2), 0) as available
       from customer c join login l on l.id = c.id join account a on a.id = c.points_account_id
       where c.id = $1`,
      [id, now],
    );
    return profile;
  }

  /** Themselves and whoever was merged into them: their history is one. */
  people(id: string): Promise<{ id: string; phone: string }[]> {
    return this.database.query(
      'select c.id, l.phone from customer c join login l on l.id = c.id where c.id = $1 or c.merged_into = $1',
      [id],
    );
  }

  /** Open lots, those that burn first at the front. */
  lots(accountId: string, now: Date): Promise<LotRow[]> {
    return this.database.query<LotRow>(
      `select lot.id, lot.remaining, lot.amount, lot.earned_at, lot.expires_at, p.id as purchase_id
       from lot left join purchase p on p.id = lot.earned_by
       where lot.account_id = $1 and lot.remaining > 0 and lot.expires_at > $2
       order by lot.expires_at, lot.earned_at, lot.id limit ${MOST_LOTS}`,
      [accountId, now],
    );
  }

  /** How many open lots there are in all, and what they hold. */
  async openLots(accountId: string, now: Date): Promise<{ count: number; remaining: bigint }> {
    const [sums] = await this.database.query<{ count: string; remaining: string }>(
      `select count(*), coalesce(sum(remaining), 0) as remaining from lot
       where account_id = $1 and remaining > 0 and expires_at > $2`,
      [accountId, now],
    );
    return { count: Number(sums?.count ?? 0), remaining: BigInt(sums?.remaining ?? 0) };
  }

  /** In how many browsers their cabinet is open. */
  openSessions(customerId: string): Promise<number> {
    return this.sessions.count(customerId);
  }

  cards(customerId: string): Promise<CustomerCardRow[]> {
    return this.database.query<CustomerCardRow>(
      `select number, kind, nickname, state, coalesce(activated_at, sold_at, created_at) as since from card
       where customer_id = $1 order by state <> 'active', coalesce(activated_at, sold_at, created_at) desc`,
      [customerId],
    );
  }

  consents(customerId: string): Promise<ConsentRow[]> {
    return this.database.query<ConsentRow>(
      `select kind, text_version, source, given_at, withdrawn_at from consent
       where customer_id in (select id from customer where id = $1 or merged_into = $1) order by given_at desc limit 50`,
      [customerId],
    );
  }

  /** Their orders and numbers; null without the telecom line. */
  telecom(people: readonly { id: string; phone: string }[]): Promise<object | null> {
    return this.orders.of(people);
  }

  /** Blocks, replacements and merges, newest first. */
  care(customerId: string): Promise<CareEvent[]> {
    return this.careQueries.ofCustomer(customerId);
  }
}
