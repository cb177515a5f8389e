import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import type { CardState } from './card-state.js';

/** What a till, a purchase or a page needs to know of a card. */
export interface RegisteredCard {
  number: string;
  kind: 'plastic' | 'virtual';
  state: CardState;
  /** Null until the card is sold. */
  accountId: string | null;
  customerId: string | null;
  /** From this moment on purchases earn. */
  soldAt: Date | null;
  /** The owner's first name and initial, for the cashier to greet; null where unknown. */
  holder: string | null;
}

interface CardRow {
  number: string;
  kind: RegisteredCard['kind'];
  state: CardState;
  account_id: string | null;
  customer_id: string | null;
  sold_at: string | null;
  name: string | null;
  surname: string | null;
}

const COLUMNS = 'c.number, c.kind, c.state, c.account_id, c.customer_id, c.sold_at, o.name, o.surname';

/** Looks cards up in plain SQL: this is the till's path, one query for all that arrive together. */
@Injectable()
export class CardRegister {
  async byNumbers(sql: Sql, numbers: readonly string[]): Promise<Map<string, RegisteredCard>> {
    const rows = await sql.query<CardRow>(
      `select ${COLUMNS} from card c left join customer o on o.id = c.customer_id where c.number = any($1)`,
      [numbers],
    );
    return new Map(rows.map((row) => [row.number, toCard(row)]));
  }

  /** By phone a till finds the customer's virtual card, else the active one they got last. */
  async byPhones(sql: Sql, phones: readonly string[]): Promise<Map<string, RegisteredCard>> {
    const rows = await sql.query<CardRow & { phone: string }>(
      `select distinct on (l.phone) l.phone, ${COLUMNS}
       from login l join customer o on o.id = l.id join card c on c.customer_id = o.id and c.state = 'active'
       where l.phone = any($1)
       order by l.phone, c.kind = 'virtual' desc, c.activated_at desc`,
      [phones],
    );
    return new Map(rows.map((row) => [row.phone, toCard(row)]));
  }
}

function toCard(row: CardRow): RegisteredCard {
  return {
    number: row.number,
    kind: row.kind,
    state: row.state,
    accountId: row.account_id,
    customerId: row.customer_id,
    soldAt: row.sold_at === null ? null : new Date(row.sold_at),
    holder: row.name === null ? null : row.surname ? `${row.name} ${row.surname.slice(0, 1)}.` : row.name,
  };
}
