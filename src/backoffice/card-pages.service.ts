import { Injectable } from '@nestjs/common';
import { BatchNotFound, CardNotFound } from '../cards/cards.errors.js';
import { type CardState, cardStates } from '../cards/card-state.js';
import type { StaffRole } from '../infra/web/viewer.js';
import { InvalidInput } from '../shared/domain-error.js';
import { cardDigits, isEan13 } from '../shared/ean13.js';
import { newId } from '../shared/ids.js';
import { cardActions } from './care/card-actions.js';
import { fullName } from './full-name.js';
import { pagePaths, type PageQuery } from './page-query.js';
import { CareQueries } from './queries/care.queries.js';
import { CardQueries } from './queries/cards.queries.js';
import { PurchaseQueries } from './queries/purchases.queries.js';
import { StationQueries } from './queries/stations.queries.js';

const LAST_PURCHASES = 10;
const BATCH_ROLES: readonly (StaffRole | null | undefined)[] = ['admin', 'manager'];

/** What the pages of cards and batches show. */
@Injectable()
export class CardPages {
  constructor(
    private readonly cardQueries: CardQueries,
    private readonly careQueries: CareQueries,
    private readonly stations: StationQueries,
    private readonly purchases: PurchaseQueries,
  ) {}

  async cards(role: StaffRole | null | undefined, query: PageQuery): Promise<object> {
    const lookedUp = typeof query['number'] === 'string' ? query['number'] : '';
    if (!BATCH_ROLES.includes(role)) return { lookedUp, batches: null };
    const page = await this.cardQueries.batches(query['after']);
    const stations = await this.stations.openStations();
    return { lookedUp, batchId: newId(), stations, batches: page.rows, ...pagePaths('/admin/cards', {}, query, page) };
  }

  /** What staff typed, if it is the number of a card that exists; else InvalidInput says what is wrong with it. */
  async existingNumber(typed: unknown): Promise<string> {
    const number = typeof typed === 'string' ? cardDigits(typed) : '';
    const code = !/^\d{13}$/.test(number) ? 'card_number_length' : isEan13(number) ? null : 'card_number_check';
    if (code) throw new InvalidInput([{ path: 'number', code }]);
    if (!(await this.cardQueries.exists(number))) throw new InvalidInput([{ path: 'number', code: 'card_unknown' }]);
    return number;
  }

  async card(number: string): Promise<object> {
    const card = /^\d{13}$/.test(number) ? await this.cardQueries.card(number) : undefined;
    if (!card) throw new CardNotFound();
    const [purchases, care] = await Promise.all([
      this.purchases.list({ cardNumber: number }, null, LAST_PURCHASES),
      this.careQueries.ofCard(number),
    ]);
    return {
      card: {
        ...card,
        fullName: fullName(card),
        unsold: card.state === 'printed' || card.state === 'at_station',
        can: cardActions(card, card.has_virtual),
        ownBalance: card.account_id !== null && card.customer_id === null,
      },
      care,
      purchases: purchases.rows,
      more: purchases.next !== null,
    };
  }

  async batch(id: string, query: PageQuery): Promise<object> {
    const batch = await this.cardQueries.batch(id);
    if (!batch) throw new BatchNotFound();
    const state = cardStates.find((known) => known === query['state']) ?? null;
    const [counts, page, stations] = await Promise.all([
      this.cardQueries.stateCounts(id),
      this.cardQueries.batchCards(id, state, query['after']),
      this.stations.openStations(),
    ]);
    const path = `/admin/cards/batches/${id}`;
    return {
      batch,
      stations,
      counts: counts.map((count) => ({
        ...count,
        current: count.state === state,
        share: percent(count.count, batch.size),
      })),
      state: state satisfies CardState | null,
      cards: page.rows,
      path,
      ...pagePaths(path, { state }, query, page),
    };
  }
}

function percent(part: number, whole: number): number {
  return Math.round((part / whole) * 100);
}
