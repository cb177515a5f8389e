import { asksForTime, isMiss, isOpen, mayTake, STEPS, type CallbackState, type CallbackStep } from './callback.js';

const STATES: CallbackState[] = ['waiting', 'taken', 'done', 'cancelled'];

describe('the steps of a callback', () => {
  it('lead from open states only', () => {
    const allowed = Object.fromEntries(
      STATES.map((state) => [state, (Object.keys(STEPS) as CallbackStep[]).filter((step) => mayTake(step, state))]),
    );
    expect(allowed).toEqual({
      waiting: ['claimed', 'moved', 'cancelled'],
      taken: ['released', 'put_off', 'moved', 'completed', 'cancelled'],
      done: [],
      cancelled: [],
    });
    expect(STATES.filter((state) => isOpen({ state }))).toEqual(['waiting', 'taken']);
  });

  it('ask for a time after every second miss', () => {
    expect([0, 1, 2, 3, 4].map(asksForTime)).toEqual([false, false, true, false, true]);
    expect((['no_answer', 'busy', 'talked', 'wrong_number'] as const).map(isMiss)).toEqual([true, true, false, false]);
  });
});
