import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';

export interface Choice {
  value: string;
  name: string;
}

export interface PlaceChoice extends Choice {
  /** Closed, or no longer working here: only to be found by. */
  gone: boolean;
}

export interface OfficeRow {
  id: string;
  name: string;
  address: string;
  closed_at: string | null;
  held: boolean;
}

export interface StockRow {
  operator_id: string;
  office_id: string | null;
  holder_id: string | null;
  place: string;
  in_stock: string;
  reserved: string;
  returned: string;
}

/** What the stock consists of, and where it lies. */
@Injectable()
export class StockQueries {
  constructor(private readonly database: Database) {}

  operators(): Promise<Choice[]> {
    return this.database.query<Choice>('select id as value, name from operator order by position, name');
  }

  /** Offices, then people; who or what is gone only while something lies there. */
  places(): Promise<PlaceChoice[]> {
    return this.database.query<PlaceChoice>(
      `select 'office:' || id as value, name, closed_at is not null as gone, 0 as rank from office where closed_at is null
       union all
       select 'staff:' || s.id, s.name, s.disabled_at is not null, 1 from staff s
       where s.disabled_at is null or exists (select from sim_card where holder_id = s.id)
       order by rank, name`,
    );
  }

  offices(): Promise<OfficeRow[]> {
    return this.database.query<OfficeRow>(
      `select id, name, address, closed_at, exists (select from sim_card where office_id = office.id) as held
       from office order by closed_at nulls first, name`,
    );
  }

  async office(id: string): Promise<OfficeRow | undefined> {
    const [office] = await this.database.query<OfficeRow>(
      `select id, name, address, closed_at, exists (select from sim_card where office_id = office.id) as held
       from office where id = $1`,
      [id],
    );
    return office;
  }

  /** How many cards of which operator lie where. Counts every card that lies with us: a report, not a list. */
  stock(): Promise<StockRow[]> {
    return this.database.query<StockRow>(
      `select c.operator_id, c.office_id, c.holder_id, coalesce(o.name, h.name) as place, c.in_stock, c.reserved, c.returned
       from (select operator_id, office_id, holder_id, count(*) filter (where state = 'in_stock') as in_stock,
                    count(*) filter (where state = 'reserved') as reserved,
                    count(*) filter (where state = 'returned') as returned
             from sim_card where state in ('in_stock', 'reserved', 'returned')
             group by operator_id, office_id, holder_id) c
       left join office o on o.id = c.office_id left join staff h on h.id = c.holder_id
       order by c.office_id is null, place`,
    );
  }
}
