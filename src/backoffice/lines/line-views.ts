import type { LineState } from '../../lines/line-state.js';
import { maskedIccid } from '../../sims/iccid/iccid.js';
import type { TaskState } from '../../tasks/operator-task.js';
import { fullName } from '../full-name.js';
import { maskedPhone } from '../masked-phone.js';
import type { LineListRow } from './line-list.queries.js';
import type { LinePageRow } from './line.queries.js';

const TAGS: Record<LineState, string | null> = {
  handed_over: 'info',
  active: 'success',
  suspended: 'warning',
  ended: null,
};
const TASK_TAGS: Record<TaskState, string | null> = {
  ...{ waiting: 'info', sent: 'warning', done: 'success', refused: 'error', called_off: null },
};

/** What the desk may ask for, as the line is. What was never switched on ends with its order, where its card goes too. */
export const ACTIONS = {
  ...{ tariff: ['active', 'suspended'], suspension: ['active'], resumption: ['suspended'] },
  ...{ sim: ['handed_over', 'active', 'suspended'], port: ['active'], end: ['active', 'suspended'] },
} as const satisfies Record<string, readonly LineState[]>;
export type LineAction = keyof typeof ACTIONS;

export function lineTag(state: LineState): string | null {
  return TAGS[state];
}

export function taskTag(state: TaskState): string | null {
  return TASK_TAGS[state];
}

export function listedLine({ number, found, surname, name, ...row }: LineListRow): object {
  const formerly = found === null || found === number ? null : maskedPhone(found);
  return {
    ...row,
    formerly,
    customer: fullName({ surname, name }),
    maskedPhone: maskedPhone(number),
    tag: TAGS[row.state],
  };
}

/** The whole number: the desk works with it. The card's last digits are nobody's to see. */
export function shownLine({ iccid, surname, name, patronymic, ...row }: LinePageRow): object {
  return {
    ...row,
    customer: fullName({ surname, name, patronymic }),
    maskedIccid: iccid === null ? null : maskedIccid(iccid),
    tag: TAGS[row.state],
  };
}

/** The forms that make sense now; while the operator is busy none but the end of it all. */
export function actionsOf(state: LineState, busy: boolean): LineAction[] {
  return (Object.keys(ACTIONS) as LineAction[]).filter(
    (action) => (!busy || action === 'end') && (ACTIONS[action] as readonly LineState[]).includes(state),
  );
}
