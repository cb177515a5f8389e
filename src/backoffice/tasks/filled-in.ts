import { formatPhone } from '../../shared/phone.js';
import { type Placeholder, readWords, valuesOf } from '../../tasks/instructions/placeholders.js';
import type { StoredTask } from '../../tasks/operator-task.js';

/** The text of each in `tasks:values`. */
const KEYS: Record<Placeholder, string> = {
  ...{ номер: 'number', оператор: 'operator', задача: 'task', тариф: 'tariff', ICCID: 'iccid', откуда: 'donor' },
  ...{ 'переносимый номер': 'ported', 'с какого дня': 'from', 'по какой день': 'through' },
};
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
/** Of the operator and the task itself nothing needs to be copied. */
const NOT_COPIED: readonly Placeholder[] = ['оператор', 'задача'];

export interface FilledIn {
  /** `value` in heavy type, `unsaid` where the task says nothing there: a text of `tasks:unsaid`. */
  stretches: { text?: string; value?: string; unsaid?: string }[];
  /** To copy, one by one. */
  values: { key: string; value: string }[];
}

/** An instruction with what the task says in the places of its placeholders. */
export function filledIn(
  words: string,
  task: Pick<StoredTask, 'details' | 'kind' | 'number'> & { operator: string },
): FilledIn {
  const values = valuesOf(task.details, task.operator, task.number);
  const said = new Map(values);
  return {
    stretches: readWords(words, task.kind).stretches.map((stretch) => {
      if ('text' in stretch) return stretch;
      const value = said.get(stretch.name) ?? null;
      return value === null ? { unsaid: KEYS[stretch.name] } : { value: readable(value) };
    }),
    values: values.flatMap(([name, value]) =>
      value === null || NOT_COPIED.includes(name)
        ? []
        : [{ key: KEYS[name], value: DAY.test(value) ? readable(value) : value }],
    ),
  };
}

/** `+7 921 123-45-67`, `15.06.2026`; anything else as it is. */
function readable(value: string): string {
  const [, year, month, day] = DAY.exec(value) ?? [];
  if (day !== undefined) return `${day}.${month}.${year}`;
  return /^\+\d{11}$/.test(value) ? formatPhone(value) : value;
}
