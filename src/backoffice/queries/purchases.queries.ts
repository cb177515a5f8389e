import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';

interface KeptRule {
  code: string;
  title: string;
  titleEn?: string;
}

export interface PurchaseRow {
  id: string;
  occurred_at: string;
  state: string;
  station: string;
  station_id: string;
  time_zone: string;
  terminal: string;
  receipt_number: string;
  card_number: string;
  customer_id: string | null;
  surname: string | null;
  name: string | null;
  total_kopecks: string;
  redeemed_hundredths: string;
  earned_hundredths: string;
  cashier: string | null;
  flagged: boolean;
  /** Given back so far; null where nothing was. */
  refunded_kopecks: string | null;
  /** The rules that made the points, as they were kept. */
  rules: KeptRule[];
}

export interface PurchaseLineRow {
  index: number;
  category: string;
  name: string | null;
  sum_kopecks: string;
  discount_kopecks: string;
  earned_hundredths: string;
  price_kopecks: string | null;
  quantity_thousandths: string | null;
  rules: (KeptRule & { points: string })[];
}

export interface PurchaseRefundRow {
  id: string;
  occurred_at: string;
  receipt_number: string;
  sum_kopecks: string;
  returned_hundredths: string;
  taken_back_hundredths: string;
  cashier: string | null;
}

export interface PurchaseFilter {
  from?: Date;
  until?: Date;
  stationId?: string | null;
  /** Only purchases that gave points, or only those that took some. */
  points?: 'earned' | 'redeemed' | null;
  customerId?: string;
  cardNumber?: string;
}

const PAGE = 50;
const ROW = `
  p.id, p.occurred_at, p.state, p.station_id, s.name as station, s.time_zone, t.name as terminal, p.receipt_number,
  p.card_number, card.customer_id, c.surname, c.name, p.total_kopecks, p.redeemed_hundredths, p.earned_hundredths,
  p.cashier, p.flagged, (select sum(sum_kopecks) from refund where purchase_id = p.id) as refunded_kopecks,
  (select coalesce(jsonb_agg(kept order by kept ->> 'title'), '[]')
   from (select distinct rule - 'points' as kept from purchase_line line, jsonb_array_elements(line.rules) rule
         where line.purchase_id = p.id) made) as rules`;
const TABLES = `
  purchase p join station s on s.id = p.station_id join terminal t on t.id = p.terminal_id
  join card on card.number = p.card_number left join customer c on c.id = card.customer_id`;

/** Purchases as staff look at them. */
@Injectable()
export class PurchaseQueries {
  constructor(private readonly database: Database) {}

  async list(filter: PurchaseFilter, after?: unknown, size = PAGE): Promise<Page<PurchaseRow>> {
    const params: unknown[] = [];
    const where = conditions(filter, params);
    const key = readKey(after, ['time', 'uuid']);
    if (key) where.push(`(p.occurred_at, p.id) < ($${params.push(key[0])}, $${params.push(key[1])})`);
    const rows = await this.database.query<PurchaseRow>(
      `select ${ROW} from ${TABLES} where ${where.join(' and ') || 'true'}
       order by p.occurred_at desc, p.id desc limit ${size + 1}`,
      params,
    );
    return pageOf(rows, size, (row) => [row.occurred_at, row.id]);
  }

  async find(id: string): Promise<PurchaseRow | undefined> {
    const [purchase] = await this.database.query<PurchaseRow>(`select ${ROW} from ${TABLES} where p.id = $1`, [id]);
    return purchase;
  }

  /** Oldest first. */
  refunds(id: string): Promise<PurchaseRefundRow[]> {
    return this.database.query<PurchaseRefundRow>(
      `select id, occurred_at, receipt_number, sum_kopecks, returned_hundredths, taken_back_hundredths, cashier
       from refund where purchase_id = $1 order by id`,
      [id],
    );
  }

  lines(id: string): Promise<PurchaseLineRow[]> {
    return this.database.query<PurchaseLineRow>(
      `select index, category, name, sum_kopecks, discount_kopecks, earned_hundredths, price_kopecks,
              quantity_thousandths, rules
       from purchase_line where purchase_id = $1 order by index`,
      [id],
    );
  }
}

function conditions(filter: PurchaseFilter, params: unknown[]): string[] {
  const where: string[] = [];
  const add = (sql: string, value: unknown): void => {
    where.push(sql.replace('?', `$${params.push(value)}`));
  };
  if (filter.from) add('p.occurred_at >= ?', filter.from);
  if (filter.until) add('p.occurred_at < ?', filter.until);
  if (filter.stationId) add('p.station_id = ?', filter.stationId);
  if (filter.points) where.push(filter.points === 'earned' ? 'p.earned_hundredths > 0' : 'p.redeemed_hundredths > 0');
  if (filter.cardNumber) add('p.card_number = ?', filter.cardNumber);
  if (filter.customerId) add('p.card_number in (select number from card where customer_id = ?)', filter.customerId);
  return where;
}
