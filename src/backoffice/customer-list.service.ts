import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../infra/config/config.js';
import { Clock } from '../shared/clock.js';
import { fullName } from './full-name.js';
import { maskedPhone } from './masked-phone.js';
import { addressOf, pagePaths, type PageQuery, textOf } from './page-query.js';
import { CustomerQueries, type CustomerRow } from './queries/customers.queries.js';

const PATH = '/admin/customers';
/** Joined within so many days, today included. */
const JOINED = { today: 1, week: 7, month: 30 } as const;
type Joined = keyof typeof JOINED;

@Injectable()
export class CustomerList {
  constructor(
    private readonly queries: CustomerQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async customers(query: PageQuery): Promise<object> {
    const search = textOf(query, 'q');
    const joined = (Object.keys(JOINED) as Joined[]).find((name) => name === query['joined']) ?? null;
    const page = await this.queries.list({ search, since: joined && this.since(joined) }, query['after']);
    const filters = { q: search, joined };
    return {
      filters,
      filtered: Boolean(search ?? joined),
      chips: (Object.keys(JOINED) as Joined[]).map((name) => ({
        name,
        current: name === joined,
        path: addressOf(PATH, { q: search, joined: name === joined ? null : name }),
      })),
      customers: page.rows.map(lineOf),
      ...pagePaths(PATH, filters, query, page),
    };
  }

  private since(joined: Joined): Date {
    const today = DateTime.fromJSDate(this.clock.now(), { zone: this.config.timeZone }).startOf('day');
    return today.minus({ days: JOINED[joined] - 1 }).toJSDate();
  }
}

function lineOf(row: CustomerRow): object {
  const { id, phone, balance, cards, created_at } = row;
  const [card = null] = cards;
  return {
    ...{ id, balance, created_at, card, merged: row.merged_into !== null, moreCards: Math.max(0, cards.length - 1) },
    ...{ fullName: fullName(row), maskedPhone: maskedPhone(phone) },
  };
}
