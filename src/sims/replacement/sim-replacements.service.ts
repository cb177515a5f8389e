import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { LineRequests } from '../../lines/actions/line-requests.service.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { lockSim } from '../stock/locked-sims.js';
import { SimCandidates, type SimChoice } from '../stock/sim-candidates.service.js';
import { simKinds } from '../stock/sim-state.js';
import { readSimWords } from '../stock/sim-words.js';
import { SimStock } from '../stock/sim-stock.service.js';

/**
 * Another SIM card for a live number: lost, broken, or an eSIM in place of plastic. The new card is held for the operator's task,
 * whose id stands where an order's would, until the operator has put the number on it (`ReplacedSims`).
 */
@Injectable()
export class SimReplacements {
  constructor(
    private readonly requests: LineRequests,
    private readonly stock: SimStock,
    private readonly candidates: SimCandidates,
    private readonly database: Database,
  ) {}

  /** Cards in stock that a number of this operator can be put on: without one of their own. `typed` is a whole ICCID. */
  async find(operatorId: string, typed: string): Promise<SimChoice> {
    const words = readSimWords(typed);
    if (words?.kind === 'iccid') {
      return this.candidates.named(this.database, { operatorId, numberKind: 'dynamic' }, words.bodies);
    }
    // These cards have no numbers to be searched by.
    if (typed !== '') return { cards: [], missing: 'shape' };
    const wishes = simKinds.map((kind) => ({ operatorId, kind, numberKind: 'dynamic' as const }));
    const found = await Promise.all(wishes.map((wish) => this.candidates.find(this.database, wish)));
    return { cards: found.flat(), missing: null };
  }

  /**
   * Returns the task's id. Throws LineNotFound, LineStateForbids, TaskInFlight, SimNotFound, SimTaken, and InvalidInput for a
   * card of another operator or with a number of its own.
   */
  async request(sql: Sql, lineId: string, simId: string, actor: Actor): Promise<string> {
    const sim = await lockSim(sql, simId);
    const taskId = await this.requests.ask(sql, {
      ...{ lineId, states: ['handed_over', 'active', 'suspended'], actor },
      detailsOf: async (line) => {
        if (sim.operatorId !== line.operator_id || sim.numberKind !== 'dynamic') {
          throw new InvalidInput([{ path: 'sim', code: 'line_sim' }]);
        }
        return { kind: 'replace_sim', number: line.number, simId, iccid: await iccidOf(sql, simId) };
      },
    });
    await this.stock.reserve(sql, simId, taskId, actor);
    return taskId;
  }
}

async function iccidOf(sql: Sql, simId: string): Promise<string> {
  const [sim] = await sql.query<{ iccid: string }>('select iccid from sim_card where id = $1', [simId]);
  return sim!.iccid;
}
