import { Injectable } from '@nestjs/common';
import { type CardState, cardStates } from '../../cards/card-state.js';
import { Database } from '../../infra/database/database.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';

export interface BatchRow {
  id: string;
  number: number;
  title: string;
  size: number;
  station_id: string | null;
  station: string | null;
  created_by: string | null;
  created_at: string;
}

export interface BatchCardRow {
  number: string;
  state: CardState;
  sold_at: string | null;
  activated_at: string | null;
}

export interface CardRow {
  number: string;
  kind: 'plastic' | 'virtual';
  nickname: string | null;
  state: CardState;
  batch_id: string | null;
  batch_number: number | null;
  batch_title: string | null;
  station: string | null;
  customer_id: string | null;
  surname: string | null;
  name: string | null;
  account_id: string | null;
  balance: string | null;
  created_at: string;
  sold_at: string | null;
  sale_price_kopecks: string | null;
  sale_station: string | null;
  sale_terminal: string | null;
  cashier: string | null;
  activated_at: string | null;
  replaced_by: string | null;
  replaced_at: string | null;
  replaces: string | null;
  /** Whether its customer has a virtual card in use. */
  has_virtual: boolean;
}

const BATCHES = 50;
const CARDS = 100;
const BATCH = `
  b.id, b.number, b.title, b.size, b.station_id, b.created_at, s.name as station, staff.name as created_by
  from card_batch b left join station s on s.id = b.station_id left join staff on staff.id = b.created_by`;

@Injectable()
export class CardQueries {
  constructor(private readonly database: Database) {}

  async batches(after: unknown): Promise<Page<BatchRow>> {
    const key = readKey(after, ['number']);
    const rows = await this.database.query<BatchRow>(
      `select ${BATCH} where b.number < coalesce($1, 2147483647) order by b.number desc limit ${BATCHES + 1}`,
      [key?.[0] ?? null],
    );
    return pageOf(rows, BATCHES, (row) => [row.number]);
  }

  async batch(id: string): Promise<BatchRow | undefined> {
    const [batch] = await this.database.query<BatchRow>(`select ${BATCH} where b.id = $1`, [id]);
    return batch;
  }

  /** How many of the batch's cards are in each state. */
  async stateCounts(batchId: string): Promise<{ state: CardState; count: number }[]> {
    const rows = await this.database.query<{ state: CardState; count: string }>(
      `select state, count(*) from card where batch_id = $1 group by state`,
      [batchId],
    );
    return cardStates.flatMap((state) => {
      const found = rows.find((row) => row.state === state);
      return found ? [{ state, count: Number(found.count) }] : [];
    });
  }

  async batchCards(batchId: string, state: CardState | null, after: unknown): Promise<Page<BatchCardRow>> {
    const key = readKey(after, ['text', 'text']);
    const rows = await this.database.query<BatchCardRow>(
      `select number, state, sold_at, activated_at from card
       where batch_id = $1 and ($2::text is null or state = $2) and (state, number) > ($3, $4)
       order by state, number limit ${CARDS + 1}`,
      [batchId, state, key?.[0] ?? '', key?.[1] ?? ''],
    );
    return pageOf(rows, CARDS, (row) => [row.state, row.number]);
  }

  async card(number: string): Promise<CardRow | undefined> {
    const [card] = await this.database.query<CardRow>(
      `select card.number, card.kind, card.nickname, card.state, card.batch_id, b.number as batch_number, b.title as batch_title,
              s.name as station, card.customer_id, c.surname, c.name, card.account_id, a.balance, card.created_at,
              card.sold_at, sale.price_kopecks as sale_price_kopecks, st.name as sale_station, t.name as sale_terminal,
              sale.cashier, card.activated_at, gone.new_number as replaced_by, gone.replaced_at,
              came.old_number as replaces,
              exists (select from card v where v.customer_id = card.customer_id and v.kind = 'virtual'
                      and v.state = 'active') as has_virtual
       from card
       left join card_batch b on b.id = card.batch_id left join station s on s.id = b.station_id
       left join customer c on c.id = card.customer_id left join account a on a.id = card.account_id
       left join card_sale sale on sale.card_number = card.number
       left join terminal t on t.id = sale.terminal_id left join station st on st.id = t.station_id
       left join card_replacement gone on gone.old_number = card.number
       left join card_replacement came on came.new_number = card.number
       where card.number = $1`,
      [number],
    );
    return card;
  }

  async exists(number: string): Promise<boolean> {
    return (await this.database.query(`select 1 from card where number = $1`, [number])).length > 0;
  }
}
