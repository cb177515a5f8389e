import { Injectable } from '@nestjs/common';
import { Config } from '../infra/config/config.js';
import { CategoryAliases } from '../stations/category-aliases.service.js';
import { categories } from '../stations/category.js';
import { StationsService } from '../stations/stations.service.js';
import { TerminalsService } from '../stations/terminals.service.js';
import { timeZones } from '../stations/time-zones.js';
import { StationTills } from './tills/station-tills.service.js';
import { type KeyRow, StationQueries } from './queries/stations.queries.js';

const MOST_KEYS = 2;
const SHOWN_REVOKED = 3;

/** What the pages of stations and terminals show. */
@Injectable()
export class StationPages {
  constructor(
    private readonly stations: StationsService,
    private readonly terminals: TerminalsService,
    private readonly aliases: CategoryAliases,
    private readonly queries: StationQueries,
    private readonly config: Config,
    private readonly tills: StationTills,
  ) {}

  async list(): Promise<object> {
    const rows = await this.queries.list();
    const stations = rows.map((row) => ({ ...row, allConnected: row.connected === row.terminals }));
    return {
      open: stations.filter((station) => !station.closed_at),
      closed: stations.filter((station) => station.closed_at),
    };
  }

  async newStation(): Promise<object> {
    const stations = await this.queries.list();
    const number = Math.max(0, ...stations.map((station) => station.number)) + 1;
    return { station: { number, timeZone: this.config.timeZone }, timeZones };
  }

  async station(id: string): Promise<object> {
    const { number, name, city, address, timeZone, closedAt } = await this.stations.findStation(id);
    const [terminals, keys, codes, till] = await Promise.all([
      this.queries.terminals(id),
      this.queries.keys(id),
      this.aliases.aliasesOf(id),
      this.tills.ofStation(id),
    ]);
    return {
      station: { id, number, name, city, address, timeZone, closedAt },
      timeZones,
      till,
      codes: categories.map((category) => ({ category, codes: codes[category] ?? '' })),
      terminals: terminals.map((terminal) => ({ ...terminal, ...keysOf(terminal.id, keys) })),
    };
  }

  async issuedKey(terminalId: string, key: string): Promise<object> {
    const terminal = await this.terminals.findTerminal(terminalId);
    const station = await this.stations.findStation(terminal.stationId);
    return {
      key,
      // A number that is no card: a key that works is told «card_not_found», another «unauthorized».
      curl: `curl -H 'Authorization: Bearer ${key}' ${this.config.publicUrl}/api/pos/v1/cards/2990000000000`,
      terminal: { name: terminal.name },
      station: { id: station.id, name: station.name },
    };
  }
}

function keysOf(terminalId: string, keys: readonly KeyRow[]): object {
  const own = keys.filter((key) => key.terminal_id === terminalId);
  const active = own.filter((key) => !key.revoked_at);
  return {
    active,
    revoked: own.filter((key) => key.revoked_at).slice(0, SHOWN_REVOKED),
    mayHaveKey: active.length < MOST_KEYS,
  };
}
