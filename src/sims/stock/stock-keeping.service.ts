import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { type LockedSim, lockSims, moveLocked, type MovementVerb } from './locked-sims.js';
import { expectOpenPlace, type Place } from './place.js';
import { isHeld, mayBecome, type SimState } from './sim-state.js';

/** Cards that staff do something with at once. */
export const MOST_AT_ONCE = 1000;
const STATEMENT_TIMEOUT_MS = 30_000;

export interface KeptCount {
  done: number;
  /** Their state did not allow it, or they lay there already. */
  left: number;
}

interface Keeping {
  verb: MovementVerb;
  reason: string | null;
  fits: (sim: LockedSim) => boolean;
  to: (sim: LockedSim) => { state: SimState; place: Place | null };
}

/** What the keepers of the stock do with many cards at once: hand them on, write them off. One transaction, all that fit. */
@Injectable()
export class StockKeeping {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** To an office or to one of us; what is reserved goes with its reservation. Throws `sims_too_many`. */
  move(ids: readonly string[], place: Place, reason: string | null, actor: Actor): Promise<KeptCount> {
    const keeping: Keeping = {
      ...{ verb: 'moved', reason },
      fits: (sim) => isHeld(sim.state) && (sim.place?.kind !== place.kind || sim.place.id !== place.id),
      to: (sim) => ({ state: sim.state, place }),
    };
    return this.keep(ids, keeping, actor, (sql) => expectOpenPlace(sql, place));
  }

  /** For good. What is reserved or with a customer stays: it goes the way of its order. Throws `sims_too_many`. */
  writeOff(ids: readonly string[], reason: string, actor: Actor): Promise<KeptCount> {
    const keeping: Keeping = {
      ...{ verb: 'written_off', reason },
      fits: (sim) => isHeld(sim.state) && mayBecome(sim.state, 'written_off'),
      to: () => ({ state: 'written_off', place: null }),
    };
    return this.keep(ids, keeping, actor);
  }

  private async keep(
    ids: readonly string[],
    { verb, reason, fits, to }: Keeping,
    actor: Actor,
    first?: (sql: Sql) => Promise<void>,
  ): Promise<KeptCount> {
    if (ids.length > MOST_AT_ONCE) throw new DomainError('sims_too_many', 'conflict', { max: MOST_AT_ONCE });
    const work = async (sql: Sql): Promise<KeptCount> => {
      await first?.(sql);
      const sims = (await lockSims(sql, ids)).filter(fits);
      const at = this.clock.now();
      for (const state of new Set(sims.map((sim) => sim.state))) {
        const alike = sims.filter((sim) => sim.state === state);
        await moveLocked(sql, alike, to(alike[0]!), { verb, reason, actor, at });
      }
      if (sims.length > 0) await this.record(sql, verb, sims, actor);
      return { done: sims.length, left: ids.length - sims.length };
    };
    return this.database.transaction(work, { statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  }

  /** One line for one card, one for many: each card's own history says the rest. */
  private record(sql: Sql, verb: MovementVerb, sims: readonly LockedSim[], actor: Actor): Promise<void> {
    const [only] = sims;
    const one = sims.length === 1 && only;
    return this.audit.record(sql, {
      actor,
      action: one ? `sim.${verb}` : `sims.${verb}`,
      object: one ? { kind: 'sim', id: only.id } : { kind: 'sims', id: newId() },
      facts: one ? { before: only.state } : { count: sims.length, first: only!.id },
    });
  }
}
