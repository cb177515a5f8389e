import { isUUID } from 'class-validator';
import {
  TASK_CHANNELS,
  TASK_KINDS,
  type TaskChannel,
  type TaskKind,
  type TaskState,
} from '../../tasks/operator-task.js';
import { type PageQuery, textOf } from '../page-query.js';

const OPEN = ['waiting', 'sent'] as const satisfies readonly TaskState[];
const CLOSED = ['done', 'refused', 'called_off'] as const satisfies readonly TaskState[];
/** What an address may ask for; without one of them it is what is open. */
export const STATE_FILTERS = [...OPEN, 'closed', ...CLOSED] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];

/** What the list is narrowed to; null where it does not matter. */
export interface TaskFilter {
  state: StateFilter | null;
  /** What should have been done by now. */
  overdue: boolean;
  /** The id of a member of staff, or `none` for what nobody has. */
  assignee: string | null;
  /** An operator's code. */
  operator: string | null;
  kind: TaskKind | null;
  channel: TaskChannel | null;
  /** The task's number or the end of a phone: digits alone. */
  digits: string | null;
}

const MOST_DIGITS = 10;

export function readFilter(query: PageQuery): TaskFilter {
  const [assignee, operator] = [textOf(query, 'assignee'), textOf(query, 'operator')];
  return {
    state: STATE_FILTERS.find((known) => known === query['state']) ?? null,
    overdue: query['overdue'] === '1',
    assignee: assignee === 'none' || isUUID(assignee) ? assignee : null,
    operator: /^[a-z][a-z0-9_]{1,30}$/.test(operator ?? '') ? operator : null,
    kind: TASK_KINDS.find((known) => known === query['kind']) ?? null,
    channel: TASK_CHANNELS.find((known) => known === query['channel']) ?? null,
    digits: (textOf(query, 'q') ?? '').replace(/\D/g, '').slice(-MOST_DIGITS) || null,
  };
}

/** As an address says it. */
export function filterParts(filter: TaskFilter): Record<string, string | null> {
  const { state, overdue, assignee, operator, kind, channel, digits } = filter;
  return { state, overdue: overdue ? '1' : null, assignee, operator, kind, channel, q: digits };
}

/** The states that the list is read for. */
export function statesOf({ state }: Pick<TaskFilter, 'state'>): readonly TaskState[] {
  if (state === null) return OPEN;
  return state === 'closed' ? CLOSED : [state];
}

export function isClosedList({ state }: Pick<TaskFilter, 'state'>): boolean {
  return state !== null && !OPEN.some((known) => known === state);
}
