import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type KeyPart, type Page, pageOf, readKey, writeKey } from '../../shared/keyset.js';
import { readSearch, type Search } from '../search/search-words.js';

export interface CustomerRow {
  id: string;
  phone: string;
  surname: string | null;
  name: string | null;
  patronymic: string | null;
  surname_key: string;
  name_key: string;
  balance: string;
  cards: string[];
  created_at: string;
  /** Set for whoever was absorbed by another. */
  merged_into: string | null;
}

export interface CustomerFilter {
  search: unknown;
  /** Only those who joined at this moment or later. */
  since: Date | null;
}

/** One way to read what was typed: which rows, in which order, through which index. */
interface Reading {
  where: string;
  params: string[];
  order: string;
  /** `>` for lists that go up, `<` for newest first. */
  beyond: '<' | '>';
  key: readonly KeyPart[];
  keyOf: (row: CustomerRow) => readonly string[];
}

const PAGE = 50;
/** After every letter that a name or a reversed phone may go on with, in code point order. */
const END = '\u{10FFFF}';

@Injectable()
export class CustomerQueries {
  constructor(private readonly database: Database) {}

  /** One page of customers. Readings that find the same thing otherwise (name first, surname first) follow one another. */
  async list({ search, since }: CustomerFilter, after: unknown): Promise<Page<CustomerRow>> {
    const readings = readingsOf(readSearch(search));
    const from = readKey(after, ['number', 'text']) ?? ['0', ''];
    const found: CustomerRow[] = [];
    for (let i = Number(from[0]); i < readings.length; i++) {
      const reading = readings[i] as Reading;
      const key = i === Number(from[0]) ? readKey(from[1], reading.key) : null;
      found.push(...(await this.read(reading, key, since, PAGE + 1 - found.length)));
      if (found.length > PAGE) return pageOf(found, PAGE, (row) => [i, writeKey(reading.keyOf(row))]);
    }
    return { rows: found, next: null };
  }

  private read(reading: Reading, key: string[] | null, since: Date | null, limit: number): Promise<CustomerRow[]> {
    const params: unknown[] = [...reading.params];
    const where = [reading.where];
    if (since) where.push(`c.created_at >= $${params.push(since)}`);
    if (key) {
      const places = key.map((value) => `$${params.push(value)}`);
      where.push(`(${reading.order}) ${reading.beyond} (${places.join(', ')})`);
    }
    const direction = reading.beyond === '<' ? ' desc' : '';
    const order = reading.order.split(', ').map((column) => column + direction);
    return this.database.query<CustomerRow>(
      `select c.id, l.phone, c.surname, c.name, c.patronymic, c.surname_key, c.name_key, c.created_at, c.merged_into, a.balance,
              array(select number from card where card.customer_id = c.id and state = 'active' order by number) as cards
       from customer c join login l on l.id = c.id join account a on a.id = c.points_account_id
       where ${where.join(' and ')} order by ${order.join(', ')} limit ${limit}`,
      params,
    );
  }
}

const newestFirst: Omit<Reading, 'where' | 'params'> = {
  order: 'c.created_at, c.id',
  beyond: '<',
  key: ['time', 'uuid'],
  keyOf: (row) => [row.created_at, row.id],
};

function readingsOf(search: Search): Reading[] {
  switch (search.kind) {
    case 'all':
      return [{ where: 'true', params: [], ...newestFirst }];
    case 'phone':
      return [{ where: 'l.phone = $1', params: [search.phone], ...newestFirst }];
    case 'email':
      return [{ where: 'lower(c.email) = $1', params: [search.email], ...newestFirst }];
    case 'card':
      return [
        { where: 'c.id = (select customer_id from card where number = $1)', params: [search.number], ...newestFirst },
      ];
    case 'tail':
      return [phonesEndingWith(search.digits)];
    case 'name':
      return namesBeginningWith(search.words);
    case 'nothing':
      return [];
  }
}

function phonesEndingWith(digits: string): Reading {
  const reversed = [...digits].reverse().join('');
  return {
    where: `reverse(l.phone) collate "C" >= $1 and reverse(l.phone) collate "C" < $2`,
    params: [reversed, reversed + END],
    order: `reverse(l.phone) collate "C"`,
    beyond: '>',
    key: ['text'],
    keyOf: (row) => [[...row.phone].reverse().join('')],
  };
}

/** «Анна» is a surname's beginning to some and a name to others: first by surname, then by name without repeating those. */
function namesBeginningWith([one = '', two]: string[]): Reading[] {
  const surnameFirst =
    two === undefined ? begins('surname_key', 1) : `${begins('surname_key', 1)} and ${begins('name_key', 3)}`;
  const nameFirst =
    two === undefined ? begins('name_key', 1) : `${begins('name_key', 1)} and ${begins('surname_key', 3)}`;
  const params = two === undefined ? [one, one + END] : [one, one + END, two, two + END];
  return [
    {
      where: surnameFirst,
      params,
      order: 'c.surname_key, c.name_key, c.id',
      beyond: '>',
      key: ['text', 'text', 'uuid'],
      keyOf: (row) => [row.surname_key, row.name_key, row.id],
    },
    {
      where: `${nameFirst} and not (${surnameFirst})`,
      params,
      order: 'c.name_key, c.surname_key, c.id',
      beyond: '>',
      key: ['text', 'text', 'uuid'],
      keyOf: (row) => [row.name_key, row.surname_key, row.id],
    },
  ];
}

function begins(column: string, place: number): string {
  return `c.${column} >= $${place} and c.${column} < $${place + 1}`;
}
