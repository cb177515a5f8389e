import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { dayOf } from '../../infra/i18n/format.js';
import { Clock } from '../../shared/clock.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';
import type { EsiaState } from '../esia/esia.js';
import type { LineState } from '../line-state.js';
import type { UserKind } from './line-user.js';

/** A live line of a company, with who uses it. */
export interface CompanyLineRow {
  id: string;
  number: string;
  state: LineState;
  /** The company itself where nobody was named. */
  used_by: string | null;
  user_kind: UserKind | null;
  user_note: string | null;
  esia_state: EsiaState;
  /** `2026-12-09` */
  esia_due_on: string | null;
  esia_submitted_at: string | null;
  esia_confirmed_at: string | null;
  operator: string;
  tariff: string;
  overdue: boolean;
}

/** What a list is narrowed to. `attention`: to be done by the company, or overdue. */
export const SHOWN = ['attention', 'to_do', 'submitted', 'confirmed', 'not_needed'] as const;
export type Shown = (typeof SHOWN)[number];

export interface LineFilter {
  /** The digits of a number, or who uses it. */
  search: string | null;
  shown: Shown | null;
}

export interface EsiaCounts {
  all: number;
  attention: number;
  overdue: number;
}

const PAGE = 50;
const MOST_IN_FILE = 5000;
const FEWEST_DIGITS = 3;
const DUE = `coalesce(l.esia_due_on, 'infinity')`;
const DUE_KEY = /^(infinity|\d{4}-\d\d-\d\d)$/;
const OVERDUE = `(l.esia_state in ('to_do', 'submitted') and l.esia_due_on < $2::date)`;
const ATTENTION = `(l.esia_state = 'to_do' or ${OVERDUE})`;
const ROW = `
  l.id, l.number, l.state, l.used_by, l.user_kind, l.user_note, l.esia_state, l.esia_due_on::text, l.esia_submitted_at,
  l.esia_confirmed_at, o.name as operator, v.name as tariff, ${OVERDUE} as overdue, ${DUE}::text as due
  from line l join operator o on o.id = l.operator_id join tariff_version v on v.id = l.tariff_version_id
  where l.customer_id = $1 and l.state <> 'ended'`;

/** Lines of a customer who is a company: hundreds of them. */
@Injectable()
export class CompanyLineQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** What is due first, first. */
  async list(customerId: string, { search, shown }: LineFilter, after: unknown): Promise<Page<CompanyLineRow>> {
    const params: unknown[] = [customerId, this.today()];
    const where = [searched(search, params)];
    if (shown === 'attention') where.push(ATTENTION);
    else if (shown) where.push(`l.esia_state = $${params.push(shown)}`);
    const [due = '', id] = readKey(after, ['text', 'uuid']) ?? [];
    if (id && DUE_KEY.test(due)) {
      where.push(`(${DUE}, l.id) > ($${params.push(due)}::date, $${params.push(id)}::uuid)`);
    }
    const rows = await this.database.query<CompanyLineRow & { due: string }>(
      `select ${ROW} and ${where.join(' and ')} order by ${DUE}, l.id limit ${PAGE + 1}`,
      params,
    );
    return pageOf(rows, PAGE, (row) => [row.due, row.id]);
  }

  /** For a file: all of them, by their numbers. */
  all(customerId: string): Promise<CompanyLineRow[]> {
    const params = [customerId, this.today()];
    return this.database.query(`select ${ROW} order by l.number limit ${MOST_IN_FILE}`, params);
  }

  async find(customerId: string, lineId: string): Promise<CompanyLineRow | null> {
    const params = [customerId, this.today(), lineId];
    const [line] = await this.database.query<CompanyLineRow>(`select ${ROW} and l.id = $3`, params);
    return line ?? null;
  }

  async counts(customerId: string): Promise<EsiaCounts> {
    const [counts] = await this.database.query<EsiaCounts>(
      `select count(*)::int as all, count(*) filter (where ${ATTENTION})::int as attention,
              count(*) filter (where ${OVERDUE})::int as overdue
       from line l where l.customer_id = $1 and l.state <> 'ended'`,
      [customerId, this.today()],
    );
    return counts!;
  }

  private today(): string {
    return dayOf(this.clock.now(), this.config.timeZone);
  }
}

function searched(search: string | null, params: unknown[]): string {
  if (search === null) return 'true';
  const digits = search.replace(/\D/g, '');
  if (!/\p{L}/u.test(search) && digits.length >= FEWEST_DIGITS) {
    // The country's code is typed in any way or not at all.
    const own = digits.length === 11 ? digits.slice(1) : digits;
    return `(position($${params.push(own)} in l.number) > 0 or position($${params.push(digits)} in l.user_note) > 0)`;
  }
  const words = `$${params.push(search.toLowerCase())}`;
  return `(l.user_kind is not null and position(${words} in lower(l.used_by)) > 0 or position(${words} in lower(l.user_note)) > 0)`;
}
