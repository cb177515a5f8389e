import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { categories, type Category } from '../../stations/category.js';
import type { Places } from './receipt-rows.js';

interface StationRow {
  id: string;
  number: number;
  time_zone: string;
  terminals: { id: string; name: string }[];
  codes: { code: string; category: Category }[];
}

/** Stations, tills and goods codes, closed ones too: a receipt of yesterday may come from a till that is gone today. */
@Injectable()
export class ReceiptPlaces {
  constructor(private readonly database: Database) {}

  async all(): Promise<Places> {
    const rows = await this.database.query<StationRow>(
      `select s.id, s.number, s.time_zone,
         coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name)) from terminal t
                   where t.station_id = s.id), '[]') as terminals,
         coalesce((select json_agg(json_build_object('code', a.code, 'category', a.category)) from category_alias a
                   where a.station_id = s.id), '[]') as codes
       from station s`,
    );
    const own = new Map(rows.flatMap(({ id, codes }) => codes.map((it) => [`${id} ${it.code}`, it.category] as const)));
    return {
      stations: new Map(
        rows.map(({ id, number, time_zone: timeZone, terminals }) => [String(number), { id, timeZone, terminals }]),
      ),
      categoryOf: (stationId, code) => categories.find((name) => name === code) ?? own.get(`${stationId} ${code}`),
    };
  }

  /** Every zone in which a receipt may have been printed. */
  async timeZones(): Promise<string[]> {
    const rows = await this.database.query<{ time_zone: string }>('select distinct time_zone from station');
    return rows.map(({ time_zone: zone }) => zone);
  }
}
