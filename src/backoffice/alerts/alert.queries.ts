import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { VelocityRuleCode } from '../../loyalty/fraud/velocity-rules.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';

export const STATES = ['open', 'looked_at', 'dismissed'] as const;
export type AlertState = (typeof STATES)[number];

export interface AlertRow {
  id: string;
  rule: VelocityRuleCode;
  card_number: string | null;
  terminal_id: string | null;
  terminal: string | null;
  station_id: string | null;
  station: string | null;
  customer_id: string | null;
  surname: string | null;
  name: string | null;
  day: string;
  value: string;
  threshold: string;
  began_at: string;
  ended_at: string;
  state: AlertState;
  judge: string | null;
  judged_at: string | null;
  note: string | null;
}

export interface AlertReceiptRow {
  id: string;
  occurred_at: string;
  time_zone: string;
  station: string;
  terminal: string;
  receipt_number: string;
  card_number: string;
  cashier: string | null;
  total_kopecks: string;
  earned_hundredths: string;
  redeemed_hundredths: string;
}

export interface AlertFilter {
  state?: AlertState | null;
  rule?: VelocityRuleCode | null;
}

const PAGE = 50;
const MOST_RECEIPTS = 200;
const ROW = `
  a.id, a.rule, a.card_number, a.terminal_id, t.name as terminal, t.station_id, s.name as station, a.customer_id,
  c.surname, c.name, a.day::text as day, a.value, a.threshold, a.began_at, a.ended_at, a.state, staff.name as judge,
  a.judged_at, a.note
  from fraud_alert a left join terminal t on t.id = a.terminal_id left join station s on s.id = t.station_id
  left join customer c on c.id = a.customer_id left join staff on staff.id = a.judged_by`;

@Injectable()
export class AlertQueries {
  constructor(private readonly database: Database) {}

  /** Newest first; of all states, the open ones before the others. */
  async list({ state, rule }: AlertFilter, after: unknown): Promise<Page<AlertRow>> {
    const params: unknown[] = [];
    const where = ['true'];
    if (state) where.push(`a.state = $${params.push(state)}`);
    if (rule) where.push(`a.rule = $${params.push(rule)}`);
    const key = readKey(after, ['number', 'time', 'uuid']);
    if (key) {
      const [open, at, id] = key.map((part) => params.push(part));
      where.push(`((a.state = 'open')::int, a.ended_at, a.id) < ($${open}::int, $${at}, $${id})`);
    }
    const rows = await this.database.query<AlertRow>(
      `select ${ROW} where ${where.join(' and ')}
       order by (a.state = 'open') desc, a.ended_at desc, a.id desc limit ${PAGE + 1}`,
      params,
    );
    return pageOf(rows, PAGE, (row) => [row.state === 'open' ? 1 : 0, row.ended_at, row.id]);
  }

  async find(id: string): Promise<AlertRow | undefined> {
    const [alert] = await this.database.query<AlertRow>(`select ${ROW} where a.id = $1`, [id]);
    return alert;
  }

  /** The receipts that made it, in their order; a merge takes the cards along. */
  receipts({ card_number, terminal_id, customer_id, began_at, ended_at }: AlertRow): Promise<AlertReceiptRow[]> {
    return this.database.query<AlertReceiptRow>(
      `select p.id, p.occurred_at, s.time_zone, s.name as station, t.name as terminal, p.receipt_number, p.card_number,
              p.cashier, p.total_kopecks, p.earned_hundredths, p.redeemed_hundredths
       from purchase p join station s on s.id = p.station_id join terminal t on t.id = p.terminal_id
       where p.state = 'confirmed' and p.occurred_at between $1 and $2
         and ($3::text is null or p.card_number = $3) and ($4::uuid is null or p.terminal_id = $4)
         and ($5::uuid is null or p.card_number in (
           select number from card where customer_id = (select coalesce(merged_into, id) from customer where id = $5)))
       order by p.occurred_at, p.id limit ${MOST_RECEIPTS}`,
      [began_at, ended_at, card_number, terminal_id, customer_id],
    );
  }

  async openCount(): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(`select count(*) from fraud_alert where state = 'open'`);
    return Number(row?.count ?? 0);
  }
}
