import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { CardState } from '../../cards/card-state.js';

export interface OverviewRow {
  account_id: string;
  /** Hundredths of a point, like all points here; what is due by now counts as burnt. */
  available: string;
  next_burns: string | null;
  next_burns_at: string | null;
  password_set: boolean;
  card_number: string | null;
  card_kind: 'plastic' | 'virtual' | null;
  card_state: CardState | null;
  card_nickname: string | null;
}

/**
 * Of the customer `$1` at the moment that `now` names. The card that a till would find by the phone comes first; a blocked
 * one only where there is no other.
 */
export const overviewSql = (now: `$${number}`): string => `
  select a.id as account_id, l.password_hash is not null as password_set,
    a.balance - (select coalesce(sum(remaining), 0) from lot_day
                 where account_id = a.id and expires_at <= ${now}) as available,
    next.remaining as next_burns, next.expires_at as next_burns_at,
    card.number as card_number, card.kind as card_kind, card.state as card_state,
    card.nickname as card_nickname
  from customer c join login l on l.id = c.id join account a on a.id = c.points_account_id
  left join lateral (
    select remaining, expires_at from lot_day where account_id = a.id and expires_at > ${now} order by expires_at limit 1
  ) next on true
  left join lateral (
    select number, kind, state, nickname from card where customer_id = c.id and state in ('active', 'blocked')
    order by state = 'active' desc, kind = 'virtual' desc, activated_at desc limit 1
  ) card on true
  where c.id = $1`;

/** What pages of the cabinet begin with, in one round trip. */
@Injectable()
export class OverviewQueries {
  constructor(private readonly database: Database) {}

  async overview(customerId: string, now: Date): Promise<OverviewRow> {
    const [row] = await this.database.query<OverviewRow>(overviewSql('$2'), [customerId, now]);
    return row!;
  }
}
