import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';
import type { Span } from './today.queries.js';

export interface ActivationRow {
  id: string;
  kind: 'plastic' | 'virtual';
  completed_at: string;
  card_number: string;
  customer_id: string;
  surname: string | null;
  name: string | null;
}

const PAGE = 50;

@Injectable()
export class ActivationQueries {
  constructor(private readonly database: Database) {}

  /** Cards that got an owner, newest first. */
  async list({ from, until }: Partial<Span>, after: unknown): Promise<Page<ActivationRow>> {
    const params: unknown[] = [];
    const where = ['a.completed_at is not null'];
    if (from) where.push(`a.completed_at >= $${params.push(from)}`);
    if (until) where.push(`a.completed_at < $${params.push(until)}`);
    const key = readKey(after, ['time', 'uuid']);
    if (key) where.push(`(a.completed_at, a.id) < ($${params.push(key[0])}, $${params.push(key[1])})`);
    const rows = await this.database.query<ActivationRow>(
      `select a.id, a.kind, a.completed_at, a.card_number, a.customer_id, c.surname, c.name
       from activation a join customer c on c.id = a.customer_id
       where ${where.join(' and ')} order by a.completed_at desc, a.id desc limit ${PAGE + 1}`,
      params,
    );
    return pageOf(rows, PAGE, (row) => [row.completed_at, row.id]);
  }
}
