import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';

/** Something that happened to a card or a customer, and by whom. */
export interface CareEvent {
  kind: 'block' | 'lift' | 'replacement' | 'merge' | 'absorbed';
  at: string;
  card_number: string | null;
  /** Why it was blocked or replaced. */
  reason: string | null;
  /** The number that came for it. */
  next: string | null;
  /** The other one of a merge. */
  customer_id: string | null;
  actor_kind: string;
  /** Of staff only. */
  actor_name: string | null;
}

const MOST = 20;

/** Blocks and replacements of the cards that `which` selects as `c`. */
const ofCards = (which: string): string => `
  select 'block' as kind, b.blocked_at as at, b.card_number, b.reason, null as next, null::uuid as customer_id,
         b.actor_kind, b.actor_id
  from card c join card_block b on b.card_number = c.number where ${which}
  union all
  select 'lift', b.lifted_at, b.card_number, null, null, null, b.lifted_by_kind, b.lifted_by_id
  from card c join card_block b on b.card_number = c.number
  where b.lifted_at is not null and ${which}
    and not exists (select from card_replacement r where r.old_number = b.card_number and r.replaced_at = b.lifted_at)
    and not exists (select from card_block o where o.card_number = b.card_number and o.blocked_at = b.lifted_at and o.id <> b.id)
  union all
  select 'replacement', r.replaced_at, r.old_number, r.reason, r.new_number, null, r.actor_kind, r.actor_id
  from card c join card_replacement r on r.old_number = c.number where ${which}`;

const MERGES = `
  union all
  select 'merge', merged_at, null, null, null, from_customer_id, 'staff', staff_id
  from customer_merge where into_customer_id in (select id from customer where id = $1 or merged_into = $1)
  union all
  select 'absorbed', merged_at, null, null, null, into_customer_id, 'staff', staff_id
  from customer_merge where from_customer_id = $1`;

/** Blocks, replacements and merges, newest first: the short history on the pages of a card and of a customer. */
@Injectable()
export class CareQueries {
  constructor(private readonly database: Database) {}

  ofCustomer(customerId: string): Promise<CareEvent[]> {
    return this.read(ofCards('c.customer_id = $1') + MERGES, customerId);
  }

  ofCard(number: string): Promise<CareEvent[]> {
    return this.read(ofCards('c.number = $1'), number);
  }

  private read(events: string, key: string): Promise<CareEvent[]> {
    return this.database.query<CareEvent>(
      `select e.kind, e.at, e.card_number, e.reason, e.next, e.customer_id, e.actor_kind, staff.name as actor_name
       from (${events}) e left join staff on e.actor_kind = 'staff' and staff.id = e.actor_id
       order by e.at desc, e.kind limit ${MOST}`,
      [key],
    );
  }
}
