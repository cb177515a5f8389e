import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';

export interface StationRow {
  id: string;
  number: number;
  name: string;
  city: string;
  address: string;
  closed_at: string | null;
  terminals: number;
  /** Terminals that may speak to the POS API now. */
  connected: number;
  codes: number;
}

export interface TerminalRow {
  id: string;
  name: string;
  closed_at: string | null;
  created_at: string;
}

export interface KeyRow {
  id: string;
  terminal_id: string;
  hint: string;
  created_at: string;
  created_by: string | null;
  revoked_at: string | null;
}

@Injectable()
export class StationQueries {
  constructor(private readonly database: Database) {}

  /** All of them: a chain has hundreds of stations, not millions. */
  list(): Promise<StationRow[]> {
    return this.database.query<StationRow>(
      `select s.id, s.number, s.name, s.city, s.address, s.closed_at,
              (select count(*)::int from terminal t where t.station_id = s.id and t.closed_at is null) as terminals,
              (select count(distinct t.id)::int from terminal t join api_key k on k.terminal_id = t.id
               where t.station_id = s.id and t.closed_at is null and k.revoked_at is null) as connected,
              (select count(*)::int from category_alias a where a.station_id = s.id) as codes
       from station s order by s.closed_at is not null, s.number`,
    );
  }

  /** Where cards may be sent and purchases were made. */
  openStations(): Promise<{ id: string; name: string; city: string }[]> {
    return this.database.query(`select id, name, city from station where closed_at is null order by number`);
  }

  terminals(stationId: string): Promise<TerminalRow[]> {
    return this.database.query<TerminalRow>(
      `select id, name, closed_at, created_at from terminal where station_id = $1 order by closed_at is not null, name`,
      [stationId],
    );
  }

  /** Active keys and, so that people see what became of it, those revoked last. */
  keys(stationId: string): Promise<KeyRow[]> {
    return this.database.query<KeyRow>(
      `select k.id, k.terminal_id, k.hint, k.created_at, k.revoked_at, staff.name as created_by
       from api_key k join terminal t on t.id = k.terminal_id left join staff on staff.id = k.created_by
       where t.station_id = $1 order by k.revoked_at desc nulls first, k.created_at desc limit 200`,
      [stationId],
    );
  }
}
