import { Injectable } from '@nestjs/common';
import type { CustomerProfile } from '../queries/customer.queries.js';
import { Database } from '../../infra/database/database.js';

/** One side of a merge. */
export interface MergePartyRow extends Pick<
  CustomerProfile,
  | ('id' | 'phone' | 'surname' | 'name' | 'patronymic' | 'birth_date' | 'sex' | 'email')
  | ('available' | 'created_at' | 'merged_into')
> {
  cards: { number: string; kind: 'plastic' | 'virtual'; state: string }[];
}

@Injectable()
export class MergeQueries {
  constructor(private readonly database: Database) {}

  async party(id: string, now: Date): Promise<MergePartyRow | undefined> {
    const [party] = await this.database.query<MergePartyRow>(
      `select c.id, l.phone, c.surname, c.name, c.patronymic, c.birth_date::text, c.sex, c.email, c.created_at, c.merged_into,
              a.balance - coalesce((select sum(remaining) from lot_day
                                    where account_id = a.id and expires_at <= $2), 0) as available,
              coalesce((select json_agg(json_build_object('number', number, 'kind', kind, 'state', state) order by number)
                        from card where customer_id = c.id and state in ('active', 'blocked')), '[]') as cards
       from customer c join login l on l.id = c.id join account a on a.id = c.points_account_id
       where c.id = $1`,
      [id, now],
    );
    return party;
  }
}
