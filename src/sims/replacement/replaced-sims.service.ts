import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SimSwaps } from '../../auth/logins/sim-swaps.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { text } from '../../infra/i18n/texts.js';
import { Lines } from '../../lines/lines.service.js';
import type { Actor } from '../../shared/actor.js';
import type { StoredTask, TaskDetails } from '../../tasks/operator-task.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import { type LockedSim, lockSims } from '../stock/locked-sims.js';
import { SimStock } from '../stock/sim-stock.service.js';
import { ReplacementNotices } from './replacement-notices.service.js';

type Details<Kind extends TaskDetails['kind']> = Extract<TaskDetails, { kind: Kind }>;

/** What becomes of SIM cards when an operator has put a number on another one, or another number on the one that there is, and when a number ends. */
@Injectable()
export class ReplacedSims implements OnModuleInit {
  constructor(
    private readonly lines: Lines,
    private readonly stock: SimStock,
    private readonly swaps: SimSwaps,
    private readonly notices: ReplacementNotices,
    private readonly tasks: OperatorTasks,
  ) {}

  onModuleInit(): void {
    const putBack = (sql: Sql, { id, details }: StoredTask, { actor }: { actor: Actor }): Promise<void> =>
      this.stock.release(sql, (details as Details<'replace_sim'>).simId, id, actor);
    this.tasks.handle('replace_sim', {
      lock: (sql, task) => this.lock(sql, task),
      done: (sql, task, actor) => this.replace(sql, task, actor),
      refused: putBack,
      called_off: putBack,
    });
    // The number that came over lives on the card that the customer has.
    this.tasks.handle('port', { done: (sql, task, actor) => this.renumber(sql, task, actor) });
    this.lines.whenEnded({
      lock: async (sql, lineId) => {
        await this.assignedSim(sql, lineId);
      },
      ended: (sql, lineId, actor) => this.writeOff(sql, lineId, actor),
    });
  }

  /** Both cards, then the login, then the line. */
  private async lock(sql: Sql, { line_id, details }: StoredTask): Promise<void> {
    const former = await simOf(sql, line_id);
    await lockSims(sql, [(details as Details<'replace_sim'>).simId, ...(former ? [former] : [])]);
    await this.lines.lockWithLogin(sql, line_id);
  }

  private async replace(sql: Sql, { id: taskId, line_id, details }: StoredTask, actor: Actor): Promise<void> {
    const { simId } = details as Details<'replace_sim'>;
    const former = await this.assignedSim(sql, line_id);
    // First it gives its number up, since a number lives on one card.
    if (former) await this.stock.writeOff(sql, former.id, text('ru', 'line-actions:simReplaced'), actor);
    const line = await this.lines.putSim(sql, line_id, simId, { taskId, actor });
    await this.stock.assign(sql, simId, taskId, actor, line.number);
    await this.swaps.note(sql, line.number);
    await this.notices.tell(sql, line);
  }

  private async renumber(sql: Sql, { line_id, details }: StoredTask, actor: Actor): Promise<void> {
    const sim = await this.assignedSim(sql, line_id);
    if (sim) await this.stock.renumber(sql, sim.id, (details as Details<'port'>).ported, actor);
  }

  /** A card without its number is worth nothing; what a late refusal took back or wrote off is dealt with. */
  private async writeOff(sql: Sql, lineId: string, actor: Actor): Promise<void> {
    const sim = await this.assignedSim(sql, lineId);
    if (sim) await this.stock.writeOff(sql, sim.id, text('ru', 'line-actions:simEnded'), actor);
  }

  /** The card of the line, unless the stock has it back already. */
  private async assignedSim(sql: Sql, lineId: string): Promise<LockedSim | undefined> {
    const id = await simOf(sql, lineId);
    const [sim] = id === null ? [] : await lockSims(sql, [id]);
    return sim?.state === 'assigned' ? sim : undefined;
  }
}

async function simOf(sql: Sql, lineId: string): Promise<string | null> {
  const [line] = await sql.query<{ sim_id: string | null }>('select sim_id from line where id = $1', [lineId]);
  return line?.sim_id ?? null;
}
