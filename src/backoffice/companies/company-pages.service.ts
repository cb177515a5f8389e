import { Injectable } from '@nestjs/common';
import { CompanyNotFound } from '../../customers/companies/companies.errors.js';
import { CompanyQueries } from '../../customers/companies/companies.queries.js';
import { Config } from '../../infra/config/config.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { LineNotFound } from '../../lines/lines.errors.js';
import { CompanyLineQueries, SHOWN } from '../../lines/users/company-lines.queries.js';
import { companyLineView } from '../../lines/users/company-line-view.js';
import { USER_KINDS } from '../../lines/users/line-user.js';
import { DomainError } from '../../shared/domain-error.js';
import { addressOf, pagePaths, type PageQuery, textOf } from '../page-query.js';
import { CompanyListQueries, DUES } from './company-list.queries.js';

export const COMPANIES = '/admin/companies';

/** Where the company that a customer is has its page. */
export function companyPath(customerId: string): string {
  return `/admin/customers/${customerId}/company`;
}

/** Companies in the back office: which must be reminded, and each with its lines. */
@Injectable()
export class CompanyPages {
  constructor(
    private readonly companies: CompanyQueries,
    private readonly lines: CompanyLineQueries,
    private readonly lists: CompanyListQueries,
    private readonly config: Config,
  ) {}

  async list(query: PageQuery, language: Language): Promise<object> {
    const search = textOf(query, 'q');
    const due = DUES.find((known) => known === query['due']) ?? null;
    const page = await this.lists.list(search, due, query['after']);
    const filters = { q: search, due };
    return {
      filters,
      filtered: Boolean(search ?? due),
      chips: DUES.map((name) => ({
        name: text(language, `companies:dues.${name}`),
        current: name === due,
        path: addressOf(COMPANIES, { q: search, due: name === due ? null : name }),
      })),
      companies: page.rows.map((row) => ({ ...row, due: row.due === 'infinity' ? null : row.due })),
      ...pagePaths(COMPANIES, filters, query, page),
    };
  }

  /** The form of a customer who is no company yet, or the company with its lines. Throws customer_not_found. */
  async company(customerId: string, query: PageQuery, language: Language): Promise<object> {
    const company = await this.companies.of(customerId);
    const path = companyPath(customerId);
    if (!company && !(await this.companies.mayBecomeOne(customerId))) {
      throw new DomainError('customer_not_found', 'not_found');
    }
    if (!company) return { company, path, customerId };
    const search = textOf(query, 'q');
    const shown = SHOWN.find((known) => known === query['show']) ?? null;
    const filters = { q: search, show: shown };
    const [page, counts] = await Promise.all([
      this.lines.list(customerId, { search, shown }, query['after']),
      this.lines.counts(customerId),
    ]);
    return {
      ...{ company, path, customerId, counts, filters, filtered: Boolean(search ?? shown) },
      chips: SHOWN.map((name) => ({
        name: text(language, `companies:show.${name}`),
        current: name === shown,
        path: addressOf(path, { q: search, show: name === shown ? null : name }),
      })),
      lines: page.rows.map(companyLineView),
      ...pagePaths(path, filters, query, page),
    };
  }

  /** Throws CompanyNotFound, LineNotFound. */
  async line(customerId: string, lineId: string, language: Language): Promise<object> {
    const company = await this.companies.of(customerId);
    if (!company) throw new CompanyNotFound();
    const line = await this.lines.find(customerId, lineId);
    if (!line) throw new LineNotFound();
    const kinds = USER_KINDS.map((value) => ({ value, name: text(language, `companies:kinds.${value}`) }));
    return { company, path: companyPath(customerId), line: companyLineView(line), kinds };
  }

  /** What a customer's page shows of it; null without the telecom line. */
  async panel(customerId: string): Promise<object | null> {
    if (!this.config.lines.includes('telecom')) return null;
    const company = await this.companies.of(customerId);
    return { company, path: companyPath(customerId), counts: company && (await this.lines.counts(customerId)) };
  }
}
