import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { Database } from '../../infra/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { SimNotFound, SimStateForbids } from '../../sims/sims.errors.js';
import { readPlace, type Place } from '../../sims/stock/place.js';
import { SimStock } from '../../sims/stock/sim-stock.service.js';
import { isHeld } from '../../sims/stock/sim-state.js';
import { type KeptCount, MOST_AT_ONCE, StockKeeping } from '../../sims/stock/stock-keeping.service.js';
import type { PageQuery } from '../page-query.js';
import { filterOf } from './sim-filter.js';
import { type BulkMoveDto, type BulkWriteOffDto, type MoveDto, type WriteOffDto } from './sim-forms.js';
import { SimListQueries } from './sim-list.queries.js';
import { SimQueries } from './sim.queries.js';

/** What staff do with cards on the pages: with one, with those they ticked, with all that a filter finds. */
@Injectable()
export class SimDesk {
  constructor(
    private readonly keeping: StockKeeping,
    private readonly stock: SimStock,
    private readonly sims: SimQueries,
    private readonly lists: SimListQueries,
    private readonly database: Database,
  ) {}

  async moveOne(id: string, { place, reason }: MoveDto, clerk: Actor): Promise<void> {
    await this.expectHeld(id);
    const { done } = await this.keeping.move([id], placeOf(place), reason ?? null, clerk);
    if (done === 0) throw new InvalidInput([{ path: 'place', code: 'sim_there_already' }]);
  }

  async writeOffOne(id: string, { reason }: WriteOffDto, clerk: Actor): Promise<void> {
    await this.expectHeld(id);
    const { done } = await this.keeping.writeOff([id], reason, clerk);
    if (done === 0) throw new DomainError('sim_on_order', 'conflict');
  }

  restock(id: string, clerk: Actor): Promise<void> {
    return this.database.transaction((sql) => this.stock.restock(sql, id, clerk));
  }

  async moveMany(form: BulkMoveDto, body: PageQuery, clerk: Actor): Promise<KeptCount> {
    return this.keeping.move(await this.idsOf(form.scope, body), placeOf(form.place), form.reason ?? null, clerk);
  }

  async writeOffMany(form: BulkWriteOffDto, body: PageQuery, clerk: Actor): Promise<KeptCount> {
    return this.keeping.writeOff(await this.idsOf(form.scope, body), form.reason, clerk);
  }

  private async expectHeld(id: string): Promise<void> {
    const sim = await this.sims.sim(id);
    if (!sim) throw new SimNotFound();
    if (!isHeld(sim.state)) throw new SimStateForbids(sim.state);
  }

  /** The boxes that are ticked; or all that the list's filters find, which the form says again. */
  private async idsOf(scope: 'chosen' | 'found', body: PageQuery): Promise<string[]> {
    if (scope === 'found') {
      const found = await this.lists.ids(filterOf(filtersIn(body)), MOST_AT_ONCE + 1);
      if (found.length > MOST_AT_ONCE) throw new DomainError('sims_too_many', 'conflict', { max: MOST_AT_ONCE });
      return found;
    }
    const chosen = [body['sim'] ?? []].flat().filter((id): id is string => isUUID(id));
    if (chosen.length === 0) throw new InvalidInput([{ path: 'scope', code: 'sims_none_chosen' }]);
    return [...new Set(chosen.map((id) => id.toLowerCase()))];
  }
}

/** The form moves cards to a `place`, so that the filter of the same name has another one there. */
export function filtersIn(body: PageQuery): PageQuery {
  return { ...body, place: body['at'] };
}

function placeOf(text: string): Place {
  const place = readPlace(text);
  if (!place) throw new InvalidInput([{ path: 'place', code: 'choose' }]);
  return place;
}
