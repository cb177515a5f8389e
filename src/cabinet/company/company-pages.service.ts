import { Injectable } from '@nestjs/common';
import { CompanyNotFound } from '../../customers/companies/companies.errors.js';
import { CompanyQueries } from '../../customers/companies/companies.queries.js';
import type { StoredCompany } from '../../customers/companies/company-rows.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { LineNotFound } from '../../lines/lines.errors.js';
import { CompanyLineQueries, SHOWN, type Shown } from '../../lines/users/company-lines.queries.js';
import { companyLineView } from '../../lines/users/company-line-view.js';
import { USER_KINDS } from '../../lines/users/line-user.js';
import { MOST_ROWS } from '../../lines/users/user-rows.js';
import { type ComparedRow, UserSheets } from '../../lines/users/user-sheets.service.js';

const PATH = '/cabinet/company';
const LONGEST_SEARCH = 60;

export type Asked = Readonly<Record<string, unknown>>;

/** `/cabinet/company`: the company that the customer is, its numbers and who uses them. All of it is 404 for others. */
@Injectable()
export class CompanyPages {
  constructor(
    private readonly companies: CompanyQueries,
    private readonly lines: CompanyLineQueries,
    private readonly sheets: UserSheets,
  ) {}

  /** Throws CompanyNotFound. */
  async company(customerId: string, asked: Asked, language: Language): Promise<object> {
    const company = await this.companyOf(customerId);
    const search = searchOf(asked['q']);
    const shown = SHOWN.find((known) => known === asked['show']) ?? null;
    const [page, counts] = await Promise.all([
      this.lines.list(customerId, { search, shown }, asked['after']),
      this.lines.counts(customerId),
    ]);
    return {
      ...{ company, counts, search, shown, filtered: search !== null || shown !== null },
      lines: page.rows.map(companyLineView),
      chips: chips(search, shown, language),
      older: page.next ? address({ q: search, show: shown, after: page.next }) : null,
      newer: asked['after'] ? address({ q: search, show: shown }) : null,
    };
  }

  /** Throws CompanyNotFound, LineNotFound. */
  async line(customerId: string, lineId: string, language: Language): Promise<object> {
    const company = await this.companyOf(customerId);
    const line = await this.lines.find(customerId, lineId);
    if (!line) throw new LineNotFound();
    return { company, line: companyLineView(line), kinds: kinds(language) };
  }

  /** Rows to paste; with `pasted`, what they would change. */
  async users(customerId: string, pasted: string | null): Promise<object> {
    const company = await this.companyOf(customerId);
    if (pasted === null) return { company, most: MOST_ROWS };
    const rows = await this.sheets.compare(customerId, pasted);
    const faults = rows.filter(({ fault }) => fault);
    const changes = rows.filter(({ renames, submits }) => renames || submits);
    const same = rows.length - faults.length - changes.length;
    const removed = changes.filter(({ user }) => user === null).length;
    const unheard = rows.filter(
      ({ confirmed, known, renames }) => confirmed && (renames || known?.esia_state !== 'confirmed'),
    );
    const compared = { faults, changes: changes.map(shownChange), same, removed, unheard };
    return { company, most: MOST_ROWS, pasted, compared };
  }

  private async companyOf(customerId: string): Promise<StoredCompany> {
    const company = await this.companies.of(customerId);
    if (!company) throw new CompanyNotFound();
    return company;
  }
}

function shownChange({ known, ...row }: ComparedRow): object {
  return { ...row, before: known && companyLineView(known).user };
}

function kinds(language: Language): { value: string; name: string }[] {
  return USER_KINDS.map((value) => ({ value, name: text(language, `companies:kinds.${value}`) }));
}

function searchOf(typed: unknown): string | null {
  const words = typeof typed === 'string' ? typed.normalize('NFC').replace(/\p{C}/gu, '').trim() : '';
  return words.slice(0, LONGEST_SEARCH) || null;
}

function chips(search: string | null, shown: Shown | null, language: Language): object[] {
  return SHOWN.map((name) => ({
    name: text(language, `companies:show.${name}`),
    current: name === shown,
    path: address({ q: search, show: name === shown ? null : name }),
  }));
}

function address(parts: Record<string, string | null>): string {
  const set = Object.entries(parts).filter((part): part is [string, string] => part[1] !== null);
  return set.length > 0 ? `${PATH}?${new URLSearchParams(set).toString()}` : PATH;
}
