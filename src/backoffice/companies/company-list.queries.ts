import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { dayOf } from '../../infra/i18n/format.js';
import { Clock } from '../../shared/clock.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';

export interface CompanyListRow {
  id: string;
  customer_id: string;
  name: string;
  inn: string;
  lines: number;
  /** Lines whose user is not in ESIA yet, and those of them that are behind time. */
  waiting: number;
  overdue: number;
  /** The nearest day, or `infinity`. */
  due: string;
}

/** `soon`: within a week, what is overdue included. */
export const DUES = ['overdue', 'soon'] as const;
export type Due = (typeof DUES)[number];

const PAGE = 50;
const SOON_DAYS = 7;
const DUE_KEY = /^(infinity|\d{4}-\d\d-\d\d)$/;

@Injectable()
export class CompanyListQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Live companies; the ones that must be reminded first, first. */
  async list(search: string | null, due: Due | null, after: unknown): Promise<Page<CompanyListRow>> {
    const today = dayOf(this.clock.now(), this.config.timeZone);
    const params: unknown[] = [today];
    const where = ['c.closed_at is null', searched(search, params)];
    if (due === 'overdue') where.push('n.overdue > 0');
    if (due === 'soon') where.push(`n.due <= $${params.push(soon(today))}::date`);
    const [key = '', id] = readKey(after, ['text', 'uuid']) ?? [];
    if (id && DUE_KEY.test(key)) {
      where.push(`(n.due, c.id) > ($${params.push(key)}::date, $${params.push(id)}::uuid)`);
    }
    const rows = await this.database.query<CompanyListRow>(
      `select c.id, c.customer_id, c.name, c.inn, n.lines, n.waiting, n.overdue, n.due::text
       from company c cross join lateral (
         select count(*)::int as lines, count(l.esia_due_on)::int as waiting,
                count(*) filter (where l.esia_due_on < $1::date)::int as overdue,
                coalesce(min(l.esia_due_on), 'infinity') as due
         from line l where l.customer_id = c.customer_id and l.state <> 'ended') n
       where ${where.join(' and ')} order by n.due, c.id limit ${PAGE + 1}`,
      params,
    );
    return pageOf(rows, PAGE, (row) => [row.due, row.id]);
  }
}

function soon(today: string): string {
  return DateTime.fromISO(today, { zone: 'utc' }).plus({ days: SOON_DAYS }).toISODate()!;
}

/** The first digits of the taxpayer number, or any part of a name. */
function searched(search: string | null, params: unknown[]): string {
  if (search === null) return 'true';
  if (/^[\d\s]+$/.test(search)) return `starts_with(c.inn, $${params.push(search.replace(/\s/g, ''))})`;
  const words = `$${params.push(search.toLowerCase())}`;
  return `(position(${words} in lower(c.name)) > 0 or position(${words} in lower(c.full_name)) > 0)`;
}
