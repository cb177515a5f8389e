import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Logins } from '../../auth/logins/logins.service.js';
import { SimSwaps } from '../../auth/logins/sim-swaps.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { text } from '../../infra/i18n/texts.js';
import { LineRequests } from '../../lines/actions/line-requests.service.js';
import { lockLineAndLogin } from '../../lines/line-rows.js';
import { Lines } from '../../lines/lines.service.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { StoredTask, TaskDetails } from '../../tasks/operator-task.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import { type LockedSim, lockSims } from '../stock/locked-sims.js';
import { type SimCandidate, SimCandidates } from '../stock/sim-candidates.service.js';
import { simKinds } from '../stock/sim-state.js';
import { SimStock } from '../stock/sim-stock.service.js';
import { SimNotFound } from '../sims.errors.js';
import { ReplacementNotices } from './replacement-notices.service.js';

type ReplacementDetails = Extract<TaskDetails, { kind: 'replace_sim' }>;

/**
 * Another SIM card for a live number: lost, broken, or an eSIM in place of plastic. The new card is held for the operator's task,
 * whose id stands where an order's would, until the operator has put the number on it.
 */
@Injectable()
export class SimReplacements implements OnModuleInit {
  constructor(
    private readonly requests: LineRequests,
    private readonly lines: Lines,
    private readonly stock: SimStock,
    private readonly candidates: SimCandidates,
    private readonly swaps: SimSwaps,
    private readonly notices: ReplacementNotices,
    private readonly tasks: OperatorTasks,
    private readonly logins: Logins,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    const putBack = (sql: Sql, { id, details }: StoredTask, { actor }: { actor: Actor }): Promise<void> =>
      this.stock.release(sql, (details as ReplacementDetails).simId, id, actor);
    this.tasks.handle('replace_sim', {
      lock: (sql, task) => this.lock(sql, task),
      done: (sql, task, actor) => this.replace(sql, task, actor),
      refused: putBack,
      called_off: putBack,
    });
    // The number that came over lives on the card that the customer has.
    this.tasks.handle('port', { done: (sql, task, actor) => this.renumber(sql, task, actor) });
  }

  /** Cards in stock that a number of this operator can be put on: without one of their own. */
  async find(operatorId: string): Promise<SimCandidate[]> {
    const wishes = simKinds.map((kind) => ({ operatorId, kind, numberKind: 'dynamic' as const }));
    const found = await Promise.all(wishes.map((wish) => this.candidates.find(this.database, wish)));
    return found.flat();
  }

  /**
   * Returns the task's id. Throws LineNotFound, LineStateForbids, TaskInFlight, SimNotFound, SimTaken, and InvalidInput for a
   * card of another operator or with a number of its own.
   */
  async request(sql: Sql, lineId: string, simId: string, actor: Actor): Promise<string> {
    const [sim] = await lockSims(sql, [simId]);
    if (!sim) throw new SimNotFound();
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

  /** Both cards, then the login, then the line. */
  private async lock(sql: Sql, task: StoredTask): Promise<void> {
    const { simId } = task.details as ReplacementDetails;
    const present = await presentSim(sql, task.line_id);
    await lockSims(sql, [simId, ...(present ? [present] : [])]);
    await lockLineAndLogin(sql, this.logins, task.line_id);
  }

  private async replace(sql: Sql, { id: taskId, line_id, details }: StoredTask, actor: Actor): Promise<void> {
    const { simId } = details as ReplacementDetails;
    const [former] = await this.formerOf(sql, line_id);
    // First it gives its number up, since a number lives on one card.
    if (former?.state === 'assigned') {
      await this.stock.writeOff(sql, former.id, text('ru', 'line-actions:simReplaced'), actor);
    }
    const line = await this.lines.putSim(sql, line_id, simId, { taskId, actor });
    await this.stock.assign(sql, simId, taskId, actor, line.number);
    await this.swaps.note(sql, line.number);
    await this.notices.tell(sql, line);
  }

  private async renumber(sql: Sql, { line_id, details }: StoredTask, actor: Actor): Promise<void> {
    const { ported } = details as Extract<TaskDetails, { kind: 'port' }>;
    const [sim] = await this.formerOf(sql, line_id);
    if (sim?.state === 'assigned') await this.stock.renumber(sql, sim.id, ported, actor);
  }

  private async formerOf(sql: Sql, lineId: string): Promise<LockedSim[]> {
    const present = await presentSim(sql, lineId);
    return present ? lockSims(sql, [present]) : [];
  }
}

async function presentSim(sql: Sql, lineId: string): Promise<string | null> {
  const [line] = await sql.query<{ sim_id: string | null }>('select sim_id from line where id = $1', [lineId]);
  return line?.sim_id ?? null;
}

async function iccidOf(sql: Sql, simId: string): Promise<string> {
  const [sim] = await sql.query<{ iccid: string }>('select iccid from sim_card where id = $1', [simId]);
  return sim!.iccid;
}
