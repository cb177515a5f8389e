import type { StoredTask } from '../operator-task.js';
import type { Answer } from './answer-file.js';

/** `take` it, it says nothing new (`known`), or why it cannot be: `tasks:faults.<code>`. */
export type Judgement = { verdict: 'take' | 'known' } | { verdict: 'fault'; code: string };

type Known = Pick<StoredTask, 'operator_id' | 'state' | 'attempts'>;

/** What an operator's answer comes to, with the task as it is. */
export function judge({ result, attempt }: Answer, task: Known | undefined, operatorId: string): Judgement {
  if (!task) return fault('unknown');
  if (task.operator_id !== operatorId) return fault('foreign');
  if (task.state === 'called_off') return fault('called_off');
  if (task.state === 'done' || task.state === 'refused') return task.state === result ? KNOWN : fault('closed');
  if (task.attempts === 0) return fault('not_sent');
  const isEnd = result === 'done' || result === 'refused';
  // What was said about an earlier attempt is over.
  if (!isEnd && attempt !== null && attempt < task.attempts) return KNOWN;
  if (attempt !== null && attempt > task.attempts) return fault('attempt');
  if (task.state === 'sent' || isEnd) return TAKE;
  return result === 'failed' ? KNOWN : fault('not_sent');
}

const TAKE: Judgement = { verdict: 'take' };
const KNOWN: Judgement = { verdict: 'known' };

function fault(code: string): Judgement {
  return { verdict: 'fault', code };
}
