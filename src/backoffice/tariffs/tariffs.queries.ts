import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';
import type { TariffState } from '../../tariffs/tariff.entity.js';

export const SHOWN_STATES = ['published', 'draft', 'ahead', 'archived'] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

export interface TariffRow {
  id: string;
  slug: string;
  state: TariffState;
  operator: string;
  colour: string;
  version_id: string;
  name: string;
  sort_name: string;
  has_draft: boolean;
  in_force: boolean;
  last_day: string | null;
  ahead_from: string | null;
}

export interface TariffListFilter {
  q: string | null;
  operator: string | null;
  state: ShownState | null;
}

const PAGE = 50;

/** What a row of the list tells of a tariff is what customers read now; else what comes next, else the draft. */
const ROWS = `
  select t.id, t.slug, t.state, o.name as operator, o.colour, v.id as version_id, v.name, lower(v.name) as sort_name,
         v.last_day, d.found is not null as has_draft, v.in_force, a.ahead_from, o.id as operator_id
  from tariff t
  join operator o on o.id = t.operator_id
  join lateral (
    select x.*, coalesce(x.state = 'published' and x.withdrawn_at is null and x.valid_from <= $1, false) as in_force
    from tariff_version x where x.tariff_id = t.id
    order by coalesce(x.state = 'published' and x.withdrawn_at is null and x.valid_from <= $1, false) desc,
             x.state = 'published' and x.withdrawn_at is null desc, x.valid_from desc nulls last, x.number desc
    limit 1) v on true
  left join lateral (
    select 1 as found from tariff_version x where x.tariff_id = t.id and x.state = 'draft') d on true
  left join lateral (
    select min(x.valid_from) as ahead_from from tariff_version x
    where x.tariff_id = t.id and x.state = 'published' and x.withdrawn_at is null and x.valid_from > $1) a on true`;

const OF_STATE: Record<ShownState, string> = {
  published: `state = 'published' and in_force`,
  draft: 'has_draft',
  ahead: 'ahead_from is not null',
  archived: `state = 'archived'`,
};

@Injectable()
export class TariffQueries {
  constructor(private readonly database: Database) {}

  async list({ q, operator, state }: TariffListFilter, after: unknown, now: Date): Promise<Page<TariffRow>> {
    const key = readKey(after, ['text', 'uuid']);
    const words = q === null ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.database.query<TariffRow>(
      `select * from (${ROWS}) r
       where ($2::text is null or name ilike $2 or slug ilike $2) and ($3::uuid is null or operator_id = $3)
         and ${state === null ? 'true' : OF_STATE[state]}
         and ($4::text is null or (sort_name, id) > ($4, $5::uuid))
       order by sort_name, id limit ${PAGE + 1}`,
      [now, words, operator, key?.[0] ?? null, key?.[1] ?? null],
    );
    return pageOf(rows, PAGE, ({ sort_name: name, id }) => [name, id]);
  }

  async countByOperator(): Promise<Map<string, number>> {
    const rows = await this.database.query<{ operator_id: string; count: number }>(
      'select operator_id, count(*)::int as count from tariff group by 1',
    );
    return new Map(rows.map((row) => [row.operator_id, row.count]));
  }

  async staffNames(ids: readonly (string | null)[]): Promise<Map<string, string>> {
    const rows = await this.database.query<{ id: string; name: string }>(
      'select id, name from staff where id = any($1)',
      [[...new Set(ids.filter((id) => id !== null))]],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
