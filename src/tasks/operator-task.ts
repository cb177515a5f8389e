/** What we ask an operator of mobile numbers to do for a line. */
export const TASK_KINDS = ['activate', 'change_tariff', 'suspend', 'resume', 'replace_sim', 'port'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** `waiting`: nobody has put it to the operator yet. `called_off`: we no longer want it. */
export const TASK_STATES = ['waiting', 'sent', 'done', 'refused', 'called_off'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** Who puts it to the operator: a person in the operator's program, or files that are exchanged. */
export const TASK_CHANNELS = ['clerk', 'files'] as const;
export type TaskChannel = (typeof TASK_CHANNELS)[number];

/** What the operator has to know; `number` (E.164) is the line's at that time. Days are `YYYY-MM-DD`. */
export type TaskDetails =
  | { kind: 'activate'; number: string; tariff: string }
  | { kind: 'change_tariff'; number: string; tariffVersionId: string; tariff: string; from?: string }
  | { kind: 'suspend'; number: string; through?: string }
  | { kind: 'resume'; number: string }
  /** The card that comes for the present one; its digits are nobody's password (A3). */
  | { kind: 'replace_sim'; number: string; simId: string; iccid: string }
  /** The number that comes over from another operator (MNP), and the earliest day. */
  | { kind: 'port'; number: string; ported: string; donor: string; from: string };

export interface StoredTask {
  id: string;
  number: string;
  revision: number;
  operator_id: string;
  line_id: string;
  kind: TaskKind;
  details: TaskDetails;
  channel: TaskChannel;
  state: TaskState;
  assignee_id: string | null;
  attempts: number;
  /** When somebody must look at it; `promised_at` is what the operator promised, and stays. */
  due_at: string;
  promised_at: string;
  created_at: string;
  sent_at: string | null;
  closed_at: string | null;
  reference: string | null;
}

export const TASK_EVENTS = [
  ...(['opened', 'assigned', 'sent', 'accepted', 'failed', 'done', 'refused', 'called_off'] as const),
  ...(['commented', 'handed_to_clerk', 'proof_added'] as const),
] as const;
export type TaskEventKind = (typeof TASK_EVENTS)[number];

/** What may happen in which state, and what becomes of it. A failed attempt leaves it to be tried again. */
const STEPS = {
  sent: { from: ['waiting'], to: 'sent' },
  failed: { from: ['sent'], to: 'waiting' },
  // A clerk who is told at once has not said «sent» first.
  done: { from: ['waiting', 'sent'], to: 'done' },
  refused: { from: ['waiting', 'sent'], to: 'refused' },
  called_off: { from: ['waiting', 'sent'], to: 'called_off' },
} as const satisfies Record<string, { from: readonly TaskState[]; to: TaskState }>;
export type TaskStep = keyof typeof STEPS;
export type TaskEnding = Extract<TaskStep, 'done' | 'refused' | 'called_off'>;

export function mayTake(step: TaskStep, state: TaskState): boolean {
  return STEPS[step].from.some((known) => known === state);
}

export function stateAfter(step: TaskStep): TaskState {
  return STEPS[step].to;
}

/** So often files try; then a person looks at it. */
export const MOST_ATTEMPTS = 3;

export function isOpen({ state }: Pick<StoredTask, 'state'>): boolean {
  return mayTake('called_off', state);
}
