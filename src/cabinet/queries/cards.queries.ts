import { Injectable } from '@nestjs/common';
import type { CardState } from '../../cards/card-state.js';
import { Database } from '../../infra/database/database.js';
import type { Actor } from '../../shared/actor.js';

export interface CardRow {
  number: string;
  kind: 'plastic' | 'virtual';
  nickname: string | null;
  state: CardState;
  replaced_by: string | null;
  /** Who blocked it; null where nobody did. */
  blocked_by: Actor['kind'] | null;
}

@Injectable()
export class CardQueries {
  constructor(private readonly database: Database) {}

  /** All cards a customer has or had; the one that a till would find by the phone comes first. */
  cards(customerId: string): Promise<CardRow[]> {
    return this.database.query<CardRow>(
      `select c.number, c.kind, c.nickname, c.state, r.new_number as replaced_by, b.actor_kind as blocked_by
       from card c left join card_replacement r on r.old_number = c.number
       left join card_block b on b.card_number = c.number and b.lifted_at is null
       where c.customer_id = $1
       order by c.state = 'active' desc, c.state = 'blocked' desc, c.kind = 'virtual' desc, c.activated_at desc, c.number`,
      [customerId],
    );
  }
}
