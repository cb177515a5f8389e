import { Injectable } from '@nestjs/common';
import { CompanyQueries } from '../customers/companies/companies.queries.js';
import { addressOf } from './page-query.js';
import { CardQueries } from './queries/cards.queries.js';
import { CustomerQueries } from './queries/customers.queries.js';
import { readSearch } from './queries/search-words.js';

/** Knows where in the back office something is: the one search box. */
@Injectable()
export class FrontDesk {
  constructor(
    private readonly cards: CardQueries,
    private readonly customers: CustomerQueries,
    private readonly companies: CompanyQueries,
  ) {}

  /** The card, the company with this taxpayer number, the only customer who fits, or the list of those who do. */
  async whereIs(typed: unknown): Promise<string> {
    const search = readSearch(typed);
    if (search.kind === 'card' && (await this.cards.exists(search.number))) return `/admin/cards/${search.number}`;
    const company = await this.companies.customerWithInn(typed);
    if (company) return `/admin/customers/${company}`;
    const { rows } = await this.customers.list({ search: typed, since: null }, null);
    const [only] = rows;
    if (only && rows.length === 1) return `/admin/customers/${only.id}`;
    return addressOf('/admin/customers', { q: typeof typed === 'string' ? typed.trim().slice(0, 100) : null });
  }
}
