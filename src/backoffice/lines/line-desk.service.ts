import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { NumberPorts } from '../../lines/actions/number-ports.service.js';
import { Suspensions } from '../../lines/actions/suspensions.service.js';
import { TariffChanges } from '../../lines/actions/tariff-changes.service.js';
import type { LineState } from '../../lines/line-state.js';
import { LineStateForbids } from '../../lines/lines.errors.js';
import { Lines } from '../../lines/lines.service.js';
import type { Actor } from '../../shared/actor.js';
import { SimReplacements } from '../../sims/replacement/sim-replacements.service.js';
import type { EndingDto, PortDto, ReplacementDto, SuspensionDto, TariffDto } from './line.dto.js';
import { ACTIONS } from './line-views.js';

/** What staff ask operators for on the pages of lines: each wish a transaction. */
@Injectable()
export class LineDesk {
  constructor(
    private readonly database: Database,
    private readonly suspensions: Suspensions,
    private readonly tariffs: TariffChanges,
    private readonly replacements: SimReplacements,
    private readonly ports: NumberPorts,
    private readonly lines: Lines,
  ) {}

  suspend(id: string, { through }: SuspensionDto, clerk: Actor): Promise<string> {
    return this.database.transaction((sql) => this.suspensions.suspend(sql, id, through ?? null, clerk));
  }

  resume(id: string, clerk: Actor): Promise<string> {
    return this.database.transaction((sql) => this.suspensions.resume(sql, id, clerk));
  }

  changeTariff(id: string, { tariff, from }: TariffDto, clerk: Actor): Promise<string> {
    const wish = { tariffVersionId: tariff, from: from ?? null };
    return this.database.transaction((sql) => this.tariffs.request(sql, id, wish, clerk));
  }

  replaceSim(id: string, { sim }: ReplacementDto, clerk: Actor): Promise<string> {
    return this.database.transaction((sql) => this.replacements.request(sql, id, sim, clerk));
  }

  portIn(id: string, { ported, donor, from }: PortDto, clerk: Actor): Promise<string> {
    const wish = { number: ported, donor, from };
    return this.database.transaction((sql) => this.ports.request(sql, id, wish, clerk));
  }

  end(id: string, { reason }: EndingDto, clerk: Actor): Promise<void> {
    return this.database.transaction(async (sql) => {
      const [line] = await sql.query<{ state: LineState }>('select state from line where id = $1', [id]);
      if (line && !ACTIONS.end.some((state) => state === line.state)) throw new LineStateForbids();
      await this.lines.end(sql, id, reason, clerk);
    });
  }
}
