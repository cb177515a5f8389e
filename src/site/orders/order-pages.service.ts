import { Injectable } from '@nestjs/common';
import { Secrets } from '../../auth/secrets.service.js';
import { Database } from '../../infra/database/database.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { OrderFollowers } from '../../orders/application/order-followers.service.js';
import { isClosed, type OrderState, type Way, WAYS } from '../../orders/order.js';
import { simKinds } from '../../sims/stock/sim-state.js';

interface Choice {
  value: string;
  name: string;
}

/** What the order's form on a tariff's page offers. */
export interface OrderChoices {
  ways: Choice[];
  offices: Choice[];
  simKinds: Choice[];
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

/** What the public pages about orders show. */
@Injectable()
export class OrderPages {
  constructor(
    private readonly followers: OrderFollowers,
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  async choices(language: Language): Promise<OrderChoices> {
    const offices = await this.database.query<{ id: string; name: string; address: string }>(
      'select id, name, address from office where closed_at is null order by name limit 200',
    );
    const ways = offices.length > 0 ? WAYS : WAYS.filter((way) => way === 'delivery');
    return {
      ways: ways.map((value) => ({ value, name: text(language, `orders:ways.${value}`) })),
      offices: offices.map(({ id, name, address }) => ({ value: id, name: address ? `${name}: ${address}` : name })),
      simKinds: simKinds.map((value) => ({ value, name: text(language, `orders:simKinds.${value}`) })),
    };
  }

  /** Throws OrderNotFound for a link that opens nothing. */
  async followed(token: string, language: Language): Promise<object> {
    const order = await this.followers.follow(token);
    const reached = await this.followers.steps(order.id);
    const { state, refusal, way, phoneEnding } = order;
    return {
      order: { ...order, ending: phoneEnding.replace(/(..)(..)/, '$1-$2') },
      ...{ token, tag: TAGS[state] ?? 'info', closed: isClosed(state) },
      stateName: text(language, `orders:states.${state}`),
      next: text(language, `orders:next.${nextKey(state, way, refusal)}`),
      steps: failed(state) ? [] : this.steps(order, reached, language),
    };
  }

  browserDigest(visitor: string | null): Buffer | null {
    return visitor === null ? null : this.secrets.digest('browser', 'order', visitor);
  }

  private steps(
    {
      state,
      heldFrom,
      way,
      createdAt,
    }: { state: OrderState; heldFrom: OrderState | null; way: Way; createdAt: string },
    reached: { state: OrderState; at: string }[],
    language: Language,
  ): Step[] {
    const path = pathOf(way);
    const stands = path.indexOf(heldFrom ?? state);
    const last = new Map(reached.map(({ state: to, at }) => [to, at]));
    return path.map((step, index) => ({
      name: text(language, `orders:steps.${step}`),
      at: index > stands ? null : index === 0 ? createdAt : (last.get(step) ?? null),
      place: index < stands || state === 'active' ? 'done' : index === stands ? 'now' : 'ahead',
    }));
  }
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
