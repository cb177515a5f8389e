import type { Language } from '../../infra/i18n/texts.js';

export const TOPICS = ['card', 'sim', 'payment', 'other'] as const;
export type CallbackTopic = (typeof TOPICS)[number];

export type CallbackState = 'waiting' | 'taken' | 'done' | 'cancelled';

/** What a dial comes to. */
export const DIAL_RESULTS = ['no_answer', 'busy', 'talked', 'wrong_number'] as const;
export type DialResult = (typeof DIAL_RESULTS)[number];

/** What a callback comes to; that a number is wrong is a dial's result. */
export const OUTCOMES = ['question_answered', 'order_made', 'refused', 'unreachable'] as const;
export type ChosenOutcome = (typeof OUTCOMES)[number];
export type Outcome = ChosenOutcome | 'wrong_number';

export interface StoredCallback {
  id: string;
  /** E.164. */
  phone: string;
  language: Language;
  state: CallbackState;
  version: number;
  due_at: string;
  at_chosen_time: boolean;
  assignee_id: string | null;
  taken_at: string | null;
  missed: number;
  outcome: Outcome | null;
  closed_at: string | null;
  closed_by: string | null;
}

/** What may happen to a callback in which state, and what becomes of it. */
export const STEPS = {
  claimed: { from: ['waiting'], to: 'taken' },
  released: { from: ['taken'], to: 'waiting' },
  put_off: { from: ['taken'], to: 'waiting' },
  moved: { from: ['waiting', 'taken'], to: 'waiting' },
  completed: { from: ['taken'], to: 'done' },
  cancelled: { from: ['waiting', 'taken'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly CallbackState[]; to: CallbackState }>;
export type CallbackStep = keyof typeof STEPS;

export function mayTake(step: CallbackStep, state: CallbackState): boolean {
  return STEPS[step].from.some((known) => known === state);
}

export function isOpen({ state }: Pick<StoredCallback, 'state'>): boolean {
  return mayTake('cancelled', state);
}

/** Nobody heard us: the customer is asked to choose a time after every second of these. */
export function isMiss(result: DialResult): boolean {
  return result === 'no_answer' || result === 'busy';
}

const MISSES_BEFORE_SMS = 2;

export function asksForTime(missed: number): boolean {
  return missed > 0 && missed % MISSES_BEFORE_SMS === 0;
}
