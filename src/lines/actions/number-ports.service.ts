import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { TaskDetails } from '../../tasks/operator-task.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import { TaskTooEarly } from '../../tasks/tasks.errors.js';
import type { LockedLine } from '../line-rows.js';
import { Lines } from '../lines.service.js';
import { LineNumberTaken } from '../lines.errors.js';
import { portDayFault } from './day-rules.js';
import { LineRequests } from './line-requests.service.js';

export interface PortWish {
  /** The number that comes over, E.164. */
  number: string;
  /** The operator that it comes from. */
  donor: string;
  /** `2026-12-07`: the earliest day. */
  from: string;
}

type PortDetails = Extract<TaskDetails, { kind: 'port' }>;

const RUSSIAN_MOBILE = /^\+79\d{9}$/;

/** A number that comes over from another operator (MNP) and takes the place of the line's temporary one. */
@Injectable()
export class NumberPorts implements OnModuleInit {
  constructor(
    private readonly requests: LineRequests,
    private readonly lines: Lines,
    private readonly tasks: OperatorTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.handle('port', {
      lock: (sql, task) => this.lines.lockWithLogin(sql, task.line_id),
      // Not before its first day (MNP): until then the number lives with its former operator.
      done: (sql, task, actor) => {
        const { ported, from } = task.details as PortDetails;
        if (this.requests.today() < from) throw new TaskTooEarly(from);
        return this.lines.renumber(sql, task.line_id, ported, { taskId: task.id, actor });
      },
    });
  }

  /**
   * Returns the task's id. Throws LineNotFound, LineStateForbids, TaskInFlight, LineNumberTaken where we serve the number
   * already or are carrying it over, and InvalidInput for a day that is too early (research C9: 8
   * days, a company 29) and for the line's own operator.
   */
  async request(sql: Sql, lineId: string, { number, donor, from }: PortWish, actor: Actor): Promise<string> {
    if (!RUSSIAN_MOBILE.test(number)) throw new InvalidInput([{ path: 'ported', code: 'line_port_mobile' }]);
    // Two lines that want the same number would both find it free.
    await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`port ${number}`]);
    return this.requests.ask(sql, {
      ...{ lineId, states: ['active'], actor },
      detailsOf: async (line) => {
        await this.expectPossible(sql, line, { donor, from });
        await this.expectFree(sql, number);
        return { kind: 'port', number: line.number, ported: number, donor, from };
      },
    });
  }

  private async expectPossible(sql: Sql, line: LockedLine, wish: Pick<PortWish, 'donor' | 'from'>): Promise<void> {
    const [known] = await sql.query<{ name: string; code: string; is_company: boolean }>(
      `select o.name, o.code, exists (select from company where customer_id = $2 and closed_at is null) as is_company
       from operator o where o.id = $1`,
      [line.operator_id, line.customer_id],
    );
    const { name, code, is_company: isCompany } = known!;
    if ([name, code].some((own) => bareName(own) === bareName(wish.donor))) {
      throw new InvalidInput([{ path: 'donor', code: 'line_port_same' }]);
    }
    const subscriber = isCompany ? 'company' : 'person';
    this.requests.expectDay('from', portDayFault(wish.from, this.requests.today(), subscriber));
  }

  private async expectFree(sql: Sql, number: string): Promise<void> {
    const taken = await sql.query(
      `select from line where number = $1 and state <> 'ended'
       union all select from operator_task where details ->> 'ported' = $1 and kind = 'port' and closed_at is null`,
      [number],
    );
    if (taken.length > 0) throw new LineNumberTaken();
  }
}

/** Operators are typed in any way: «Мега-Фон», «МЕГАФОН». */
function bareName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\d]/gu, '');
}
