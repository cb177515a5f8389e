import type { Language } from '../infra/i18n/texts.js';
import type { SimKind } from '../sims/stock/sim-state.js';

export const ORDER_STATES = [
  ...(['new', 'called', 'agreed', 'prepared', 'in_delivery', 'at_office'] as const),
  ...(['handed_over', 'active', 'held', 'cancelled', 'refused'] as const),
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Why an operator does not give a number: a ban the person set themselves (303-ФЗ), twenty numbers already (533-ФЗ), … */
export const REFUSALS = ['self_ban', 'number_limit', 'debt', 'documents', 'other'] as const;
export type Refusal = (typeof REFUSALS)[number];

export const ORDER_SOURCES = ['site', 'cabinet', 'staff'] as const;
export type OrderSource = (typeof ORDER_SOURCES)[number];
/** How consent was given: by a box on the form, by one given earlier to the same text, or told to a clerk. */
export const CONSENT_MEANS = ['form', 'earlier', 'voice', 'paper'] as const;
export type ConsentMeans = (typeof CONSENT_MEANS)[number];
export const WAYS = ['delivery', 'pickup'] as const;
export type Way = (typeof WAYS)[number];

/** What may follow upon what. A held order goes on where it stopped; `mayMove` looks at that. */
export const TRANSITIONS: Readonly<Record<OrderState, readonly OrderState[]>> = {
  new: ['called', 'held', 'cancelled', 'refused'],
  called: ['agreed', 'held', 'cancelled', 'refused'],
  agreed: ['prepared', 'held', 'cancelled', 'refused'],
  prepared: ['in_delivery', 'at_office', 'agreed', 'held', 'cancelled', 'refused'],
  in_delivery: ['handed_over', 'prepared', 'held', 'cancelled', 'refused'],
  at_office: ['handed_over', 'prepared', 'held', 'cancelled', 'refused'],
  handed_over: ['active', 'refused'],
  active: [],
  held: ['new', 'called', 'agreed', 'prepared', 'in_delivery', 'at_office', 'cancelled', 'refused'],
  cancelled: [],
  refused: [],
};

/** How long an order may stay so before somebody asks what keeps it. */
export const PATIENCE_DAYS: Partial<Record<OrderState, number>> = { in_delivery: 2, at_office: 3, handed_over: 1 };

export interface StoredOrder {
  id: string;
  number: string;
  revision: number;
  source: OrderSource;
  language: Language;
  customer_id: string | null;
  state: OrderState;
  held_from: OrderState | null;
  refusal: Refusal | null;
  name: string;
  company: string | null;
  /** E.164. */
  phone: string;
  email: string | null;
  foreign_citizen: boolean;
  way: Way;
  address: string | null;
  office_id: string | null;
  tariff_version_id: string;
  operator_id: string;
  sim_kind: SimKind;
  wanted_number: string | null;
  /** Who will use the number, where that is not the customer. */
  used_by: string | null;
  comment: string | null;
  consent_version: string;
  consent_means: ConsentMeans;
  consent_at: string;
  /** What was ordered by one form has this in common. */
  request_id: string | null;
  /** The link that messages carry; null is the first. */
  link_id: string | null;
  sim_id: string | null;
  line_id: string | null;
  assignee_id: string | null;
  next_call_at: string | null;
  created_at: string;
  closed_at: string | null;
}

type Moving = Pick<StoredOrder, 'state' | 'held_from' | 'way' | 'sim_id'>;

/** Whether this order may become that, with all that this order says. */
export function mayMove(order: Moving, to: OrderState): boolean {
  if (!TRANSITIONS[order.state].includes(to)) return false;
  if (order.state === 'held') return isEnd(to) || to === order.held_from;
  if (to === 'prepared') return order.sim_id !== null;
  if (to === 'in_delivery') return order.way === 'delivery';
  if (to === 'at_office') return order.way === 'pickup';
  return true;
}

/** What a clerk may press now; the hand-over, and whatever comes after it, have forms of their own. */
export function nextStates(order: Moving): OrderState[] {
  if (order.state === 'handed_over') return [];
  return TRANSITIONS[order.state].filter((to) => mayMove(order, to) && to !== 'handed_over');
}

/** Cancelled, or refused by the operator. */
function isEnd(state: OrderState): boolean {
  return state === 'cancelled' || state === 'refused';
}

export function isClosed(state: OrderState): boolean {
  return TRANSITIONS[state].length === 0;
}

/** Where something stops or goes back, colleagues read why. */
export function needsReason(from: OrderState, to: OrderState): boolean {
  return to === 'held' || isEnd(to) || (from !== 'held' && ORDER_STATES.indexOf(to) < ORDER_STATES.indexOf(from));
}

/** Customers take an order back themselves while nobody has promised anything. */
export function mayBeWithdrawn(state: OrderState): boolean {
  return state === 'new' || state === 'called';
}

/** The card is looked out, so far on the order's way. */
export function mayChangeSim(state: OrderState): boolean {
  return state === 'new' || state === 'called' || state === 'agreed';
}

type Editable = Pick<StoredOrder, 'state' | 'held_from' | 'sim_id' | 'line_id'>;

/** Clerks put an order right until its card is handed over. */
export function mayBeEdited({ state, line_id }: Editable): boolean {
  return !isClosed(state) && line_id === null;
}

/** Another tariff or kind of card would need another card than the one that is held: that one is released first. */
export function mayChangeTariff(order: Editable): boolean {
  return mayBeEdited(order) && order.sim_id === null;
}

/** Where the card is on its way already, the order goes a step back first. */
export function mayChangeWay(order: Editable): boolean {
  const stands = order.held_from ?? order.state;
  return mayBeEdited(order) && stands !== 'in_delivery' && stands !== 'at_office';
}

type Coded = Pick<StoredOrder, 'state' | 'sim_kind' | 'sim_id' | 'assignee_id'>;

/** Whoever leads the order gives its customer the activation code of the eSIM, until the number works. */
export function mayShowCode({ state, sim_kind, sim_id, assignee_id }: Coded, clerkId: string): boolean {
  return sim_kind === 'esim' && sim_id !== null && assignee_id === clerkId && !isClosed(state);
}
