import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database/database.js';

export interface City {
  name: string;
  stations: { name: string; address: string }[];
}

const MOST = 500;

/** Where the card is taken, for everybody to see. */
@Injectable()
export class StationList {
  constructor(private readonly db: Database) {}

  /** Open stations by city, the city with most of them first. */
  async byCity(): Promise<City[]> {
    const rows = await this.db.query<{ name: string; city: string; address: string }>(
      'select name, city, address from station where closed_at is null order by number limit $1',
      [MOST],
    );
    const cities = new Map<string, City>();
    for (const { name, city, address } of rows) {
      const known = cities.get(city) ?? { name: city, stations: [] };
      known.stations.push({ name, address });
      cities.set(city, known);
    }
    return [...cities.values()].sort((one, other) => other.stations.length - one.stations.length);
  }
}
