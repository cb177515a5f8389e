import type { TaskState } from '../operator-task.js';
import type { AnswerResult } from './answer-file.js';
import { judge } from './judgement.js';

const said = (result: AnswerResult, attempt: number | null = null) => ({
  ...{ line: 2, task: '20001', result, attempt, saidAt: null, reference: null, message: null },
});
const task = (state: TaskState, attempts = 1) => ({ operator_id: 'mf', state, attempts });

describe('an operator’s answer', () => {
  it.each([
    ['done', 'sent', 1, 'take'],
    ['refused', 'sent', 1, 'take'],
    ['failed', 'sent', 1, 'take'],
    ['accepted', 'sent', 1, 'take'],
    // It came late: the attempt was thought to have failed.
    ['done', 'waiting', 1, 'take'],
    ['failed', 'waiting', 1, 'known'],
    ['accepted', 'waiting', 1, 'not_sent'],
    ['done', 'waiting', 0, 'not_sent'],
    ['done', 'done', 1, 'known'],
    ['refused', 'refused', 1, 'known'],
    ['refused', 'done', 1, 'closed'],
    ['failed', 'done', 1, 'closed'],
    ['done', 'called_off', 1, 'called_off'],
  ] as const)('%s of a task that is %s after %i attempts: %s', (result, state, attempts, expected) => {
    const judgement = judge(said(result), task(state, attempts), 'mf');
    expect(judgement.verdict === 'fault' ? judgement.code : judgement.verdict).toBe(expected);
  });

  it('about another operator’s task, or none, is a fault', () => {
    expect(judge(said('done'), task('sent'), 'mts')).toEqual({ verdict: 'fault', code: 'foreign' });
    expect(judge(said('done'), undefined, 'mf')).toEqual({ verdict: 'fault', code: 'unknown' });
  });

  it('about an earlier attempt says nothing about this one, unless it is the end', () => {
    expect(judge(said('failed', 1), task('sent', 2), 'mf').verdict).toBe('known');
    expect(judge(said('failed', 2), task('sent', 2), 'mf').verdict).toBe('take');
    expect(judge(said('done', 1), task('sent', 2), 'mf').verdict).toBe('take');
    expect(judge(said('done', 3), task('sent', 2), 'mf')).toEqual({ verdict: 'fault', code: 'attempt' });
  });
});
