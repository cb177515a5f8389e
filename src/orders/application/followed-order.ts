import { hasText, type Language, text } from '../../infra/i18n/texts.js';
import type { SimKind } from '../../sims/stock/sim-state.js';
import { isClosed, type OrderState, type Refusal, type Way } from '../order.js';

/** What a secret link shows: neither name nor address, which its reader knows or should not. */
export interface FollowedOrder {
  id: string;
  number: string;
  state: OrderState;
  heldFrom: OrderState | null;
  refusal: Refusal | null;
  way: Way;
  simKind: SimKind;
  foreignCitizen: boolean;
  tariff: string;
  tariffSlug: string;
  operator: string;
  office: string | null;
  officeAddress: string | null;
  /** The last four digits. */
  phoneEnding: string;
  /** The card was given out, whatever came of it. */
  handedOver: boolean;
  mayCancel: boolean;
  createdAt: string;
}

export interface ReachedStep {
  state: OrderState;
  at: string;
}

interface Step {
  name: string;
  at: string | null;
  /** What is behind, where it stands, what lies ahead. */
  place: 'done' | 'now' | 'ahead';
}

const TAGS: Partial<Record<OrderState, string>> = {
  ...{ active: 'success', handed_over: 'success', held: 'warning', cancelled: 'none', refused: 'error' },
};

/** An order as its customer reads it: where it stands, what comes next, the whole way. */
export function followedView(order: FollowedOrder, reached: readonly ReachedStep[], language: Language): object {
  const { state, refusal, way, phoneEnding, handedOver } = order;
  return {
    order: { ...order, ending: phoneEnding.replace(/(..)(..)/, '$1-$2') },
    ...{ tag: TAGS[state] ?? 'info', closed: isClosed(state), cardDead: state === 'refused' && handedOver },
    stateName: text(language, `orders:states.${state}`),
    next: words(language, order.simKind, `next.${nextKey(state, way, refusal)}`),
    steps: failed(state) ? [] : stepsOf(order, reached, language),
  };
}

function stepsOf(
  { state, heldFrom, way, simKind, createdAt }: FollowedOrder,
  reached: readonly ReachedStep[],
  language: Language,
): Step[] {
  const path = pathOf(way);
  const stands = path.indexOf(heldFrom ?? state);
  const last = new Map(reached.map(({ state: to, at }) => [to, at]));
  return path.map((step, index) => ({
    name: words(language, simKind, `steps.${step}`),
    at: index > stands ? null : index === 0 ? createdAt : (last.get(step) ?? null),
    place: index < stands || state === 'active' ? 'done' : index === stands ? 'now' : 'ahead',
  }));
}

function pathOf(way: Way): OrderState[] {
  const third = way === 'delivery' ? 'in_delivery' : 'at_office';
  return ['new', 'called', 'agreed', 'prepared', third, 'handed_over', 'active'];
}

function failed(state: OrderState): boolean {
  return state === 'cancelled' || state === 'refused';
}

function nextKey(state: OrderState, way: Way, refusal: string | null): string {
  if (state === 'refused') return `refused.${refusal ?? 'other'}`;
  return state === 'prepared' ? `prepared.${way}` : state;
}

/** An eSIM is no plastic: some words of its way are its own. */
function words(language: Language, kind: SimKind, key: string): string {
  return text(language, kind === 'esim' && hasText(language, `esim:${key}`) ? `esim:${key}` : `orders:${key}`);
}
