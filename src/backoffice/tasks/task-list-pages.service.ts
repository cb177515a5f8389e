import { Injectable } from '@nestjs/common';
import { TASK_CHANNELS, TASK_KINDS, type TaskState } from '../../tasks/operator-task.js';
import { Clock } from '../../shared/clock.js';
import { maskedPhone } from '../masked-phone.js';
import { addressOf, pagePaths, type PageQuery, wordsInsteadOf } from '../page-query.js';
import { filterParts, isClosedList, readFilter, STATE_FILTERS } from './task-filter.js';
import { TaskListQueries, type TaskListRow } from './task-list.queries.js';
import { TaskQueries } from './task.queries.js';

export const LIST = '/admin/tasks';

export const TAGS: Record<TaskState, string | null> = {
  ...{ waiting: 'info', sent: 'warning', done: 'success', refused: 'error', called_off: null },
};

const NOTHING = { rows: [], next: null };

/** `/admin/tasks`: what operators have to be asked for, what is overdue first. */
@Injectable()
export class TaskListPages {
  constructor(
    private readonly lists: TaskListQueries,
    private readonly tasks: TaskQueries,
    private readonly clock: Clock,
  ) {}

  async list(query: PageQuery, staffId: string): Promise<object> {
    const now = this.clock.now();
    const filter = readFilter(query);
    const filters = filterParts(filter);
    const words = wordsInsteadOf(filter.digits, query);
    const ticked = [query['task'] ?? []].flat();
    const [page, overdue, operators, colleagues] = await Promise.all([
      words ? NOTHING : this.lists.list({ ...filter, now }, query['after']),
      this.lists.overdue(now),
      this.tasks.operators(),
      this.tasks.colleagues(),
    ]);
    const flip = (name: string, value: string, current: boolean): { current: boolean; path: string } => ({
      ...{ current, path: addressOf(LIST, { ...filters, q: null, [name]: current ? null : value }) },
    });
    return {
      ...{ filters, words, overdue, operators, colleagues, kinds: TASK_KINDS, channels: TASK_CHANNELS },
      filtered: Object.values({ ...filters, words }).some(Boolean),
      closed: isClosedList(filter),
      some: page.rows.some(({ closed_at }) => closed_at === null),
      states: STATE_FILTERS.map((name) => ({ name, ...flip('state', name, name === filter.state) })),
      mine: flip('assignee', staffId, filter.assignee === staffId),
      late: flip('overdue', '1', filter.overdue),
      tasks: page.rows.map((row) => shown(row, now, ticked)),
      ...pagePaths(LIST, filters, query, page),
    };
  }
}

function shown({ phone, ...row }: TaskListRow, now: Date, ticked: readonly unknown[]): object {
  const tick = `${row.id}.${row.revision}`;
  return {
    ...{ ...row, tick, ticked: ticked.includes(tick), tag: TAGS[row.state], maskedPhone: maskedPhone(phone) },
    overdue: row.closed_at === null && new Date(row.due_at) < now,
    byFile: row.channel === 'files',
  };
}
