import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ClosedCompany, Companies } from '../../customers/companies/companies.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import { Lines } from '../lines.service.js';
import { EsiaStateForbids, EsiaUserNeeded } from '../lines.errors.js';
import { type CompanyLine, lockCompanyLine } from '../users/company-line.js';
import { dueDay, type EsiaState, mayBecomeEsia } from './esia.js';

/** How far each number of a company has come with ESIA. */
@Injectable()
export class EsiaStates implements OnModuleInit {
  constructor(
    private readonly companies: Companies,
    private readonly lines: Lines,
    private readonly tasks: OperatorTasks,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.companies.whenClosed((sql, closed) => this.letGo(sql, closed));
    this.tasks.handle('port', { done: (sql, task, actor) => this.followNumber(sql, task.line_id, actor) });
  }

  /**
   * Moves many lines of a company at once, all or none; how many it moved: those that were there already stay. Throws
   * CompanyNotFound, LineNotFound, LineStateForbids, EsiaStateForbids, and EsiaUserNeeded where nobody was named.
   */
  async move(customerId: string, lineIds: readonly string[], to: EsiaState, actor: Actor): Promise<number> {
    return this.database.transaction((sql) => this.moveWithin(sql, customerId, { lineIds, to }, actor));
  }

  async moveWithin(
    sql: Sql,
    customerId: string,
    { lineIds, to }: { lineIds: readonly string[]; to: EsiaState },
    actor: Actor,
  ): Promise<number> {
    await this.companies.lockLive(sql, customerId);
    let moved = 0;
    for (const id of [...new Set(lineIds)].sort()) {
      const line = await lockCompanyLine(sql, customerId, id);
      if (line.esia_state === to) continue;
      if (!mayBecomeEsia(line.esia_state, to, actor.kind === 'staff' ? 'staff' : 'customer')) {
        throw new EsiaStateForbids(line.number);
      }
      if ((to === 'submitted' || to === 'confirmed') && line.user_kind === null) throw new EsiaUserNeeded(line.number);
      await this.become(sql, line, to, actor);
      moved++;
    }
    return moved;
  }

  /**
   * Its user has to be put into ESIA: the line was handed over, or there is another user. A day that runs already stays, also
   * where data were submitted and nobody has confirmed them: the number has been in use without a user in ESIA all along.
   */
  async require(sql: Sql, line: CompanyLine, actor: Actor): Promise<void> {
    if (line.esia_state === 'to_do') return;
    const { esia_due_on: running } = line;
    await this.become(sql, line, 'to_do', actor);
    if (running !== null) await sql.query('update line set esia_due_on = $2 where id = $1', [line.id, running]);
  }

  /** Another number came over to the line, of which ESIA knows nothing yet. */
  private async followNumber(sql: Sql, lineId: string, actor: Actor): Promise<void> {
    const [line] = await sql.query<{ customer_id: string; esia_state: EsiaState }>(
      'select customer_id, esia_state from line where id = $1 for update',
      [lineId],
    );
    if (!line || line.esia_state === 'not_needed') return;
    await this.require(sql, await lockCompanyLine(sql, line.customer_id, lineId), actor);
  }

  private async become(sql: Sql, line: CompanyLine, to: EsiaState, actor: Actor): Promise<void> {
    const now = this.clock.now();
    await sql.query(
      `update line set esia_state = $2,
         esia_due_on = case $2::text when 'to_do' then $3::date when 'submitted' then esia_due_on end,
         esia_submitted_at = case $2::text when 'submitted' then $4::timestamptz when 'confirmed' then esia_submitted_at end,
         esia_confirmed_at = case $2::text when 'confirmed' then $4::timestamptz end
       where id = $1`,
      [line.id, to, dueDay(now, this.config.esiaDeadlineDays, this.config.timeZone), now],
    );
    await this.lines.note(sql, line, `esia_${to}`, { actor });
  }

  /** Who is no company has no duty. */
  private async letGo(sql: Sql, { customerId, actor }: ClosedCompany): Promise<void> {
    const waiting = await sql.query<{ id: string }>(
      `select id from line where customer_id = $1 and state <> 'ended' and esia_state in ('to_do', 'submitted') order by id`,
      [customerId],
    );
    for (const { id } of waiting) {
      await this.become(sql, await lockCompanyLine(sql, customerId, id), 'not_needed', actor);
    }
  }
}
