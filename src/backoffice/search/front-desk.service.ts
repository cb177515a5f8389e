import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { text } from '../../infra/i18n/texts.js';
import { mayOpen } from '../../infra/web/menus.js';
import type { Viewer } from '../../infra/web/viewer.js';
import { fullName } from '../full-name.js';
import { maskedPhone } from '../masked-phone.js';
import { addressOf } from '../page-query.js';
import { CardQueries } from '../queries/cards.queries.js';
import { CustomerQueries } from '../queries/customers.queries.js';
import { readSearch } from './search-words.js';
import { type Group, groupOf, type GroupName, GROUPS, type Searcher } from './found.js';
import { TelecomSearch } from './telecom-search.service.js';

const CUSTOMERS = '/admin/customers';
const RESULTS = '/admin/search/results';
const ORDER_NUMBER = /^[№#]/;
const PLACES: Record<GroupName, string> = {
  ...{ customers: CUSTOMERS, cards: '/admin/cards', companies: '/admin/companies' },
  ...{ orders: '/admin/orders', lines: '/admin/lines' },
  ...{ sims: '/admin/sims', tariffs: '/admin/tariffs' },
};

/** Knows where in the back office something is: the one search box (B2). */
@Injectable()
export class FrontDesk {
  constructor(
    private readonly cards: CardQueries,
    private readonly customers: CustomerQueries,
    private readonly telecom: TelecomSearch,
    private readonly config: Config,
  ) {}

  /** The only thing that fits, the list of those of one kind, or the page with all that was found. */
  async whereIs(typed: string, searcher: Searcher): Promise<string> {
    if (typed === '') return CUSTOMERS;
    const [group, other] = await this.find(typed, searcher);
    if (!group || other) return addressOf(RESULTS, { q: typed });
    const [only] = group.rows;
    if (only && group.rows.length === 1) return only.path;
    return group.path ?? addressOf(RESULTS, { q: typed });
  }

  async results(typed: string, searcher: Searcher): Promise<object> {
    const groups = typed === '' ? [] : await this.find(typed, searcher);
    return { typed, groups, searchable: this.searchable(searcher.viewer) };
  }

  /** Kinds of which something fits, in the order in which people look for them. */
  private async find(typed: string, searcher: Searcher): Promise<Group[]> {
    const search = readSearch(typed);
    if (search.kind === 'card' && mayOpen(PLACES.cards, searcher.viewer) && (await this.cards.exists(search.number))) {
      return [groupOf('cards', [{ path: `/admin/cards/${search.number}`, title: search.number, note: '' }], null)];
    }
    const [customers, telecom] = await Promise.all([
      this.people(typed, searcher),
      this.hasTelecom() ? this.telecom.find(typed, searcher) : [],
    ]);
    return [customers, ...telecom].filter(({ rows }) => rows.length > 0);
  }

  private async people(typed: string, { language }: Searcher): Promise<Group> {
    // An order's number, and nothing else.
    const search = ORDER_NUMBER.test(typed) ? null : typed;
    const { rows } = search === null ? { rows: [] } : await this.customers.list({ search, since: null }, null);
    const found = rows.map((row) => ({
      path: `${CUSTOMERS}/${row.id}`,
      title: fullName(row) ?? text(language, 'backoffice:customers.unnamed'),
      note: maskedPhone(row.phone),
    }));
    return groupOf('customers', found, addressOf(CUSTOMERS, { q: typed }));
  }

  /** What this member of staff may look for here. */
  private searchable(viewer: Viewer | null): GroupName[] {
    const here: readonly GroupName[] = this.hasTelecom() ? GROUPS : ['customers', 'cards'];
    return here.filter((name) => mayOpen(PLACES[name], viewer));
  }

  private hasTelecom(): boolean {
    return this.config.lines.includes('telecom');
  }
}
