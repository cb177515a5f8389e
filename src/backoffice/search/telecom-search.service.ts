import { Injectable } from '@nestjs/common';
import { type Language, text } from '../../infra/i18n/texts.js';
import { mayOpen } from '../../infra/web/menus.js';
import { Clock } from '../../shared/clock.js';
import { maskedIccid } from '../../sims/iccid/iccid.js';
import { maskedPhone } from '../masked-phone.js';
import { CompanyListQueries } from '../companies/company-list.queries.js';
import { addressOf } from '../page-query.js';
import { readFilter } from '../orders/order-filter.js';
import { OrderListQueries } from '../orders/order-list.queries.js';
import { LIST as ORDERS } from '../orders/order-views.js';
import { filterOf } from '../sims/sim-filter.js';
import { SimListQueries } from '../sims/sim-list.queries.js';
import { type Group, groupOf, type Searcher } from './found.js';
import { TelecomSearchQueries } from './telecom-search.queries.js';
import { readTelecomWords } from './telecom-words.js';

const COMPANIES = '/admin/companies';
const COMPANY = /^(\d{10}|\d{12})$|\p{L}{3}/u;

/** Companies, orders, lines, SIM cards and tariffs in the one search box (B2), each for whoever may open them. */
@Injectable()
export class TelecomSearch {
  constructor(
    private readonly queries: TelecomSearchQueries,
    private readonly companyLists: CompanyListQueries,
    private readonly orderLists: OrderListQueries,
    private readonly simLists: SimListQueries,
    private readonly clock: Clock,
  ) {}

  async find(typed: string, { viewer, language }: Searcher): Promise<Group[]> {
    const { digits, lineDigits, words } = readTelecomWords(typed);
    return Promise.all([
      mayOpen(COMPANIES, viewer) ? this.companies(typed) : groupOf('companies', [], null),
      digits !== null && mayOpen(ORDERS, viewer) ? this.orders(digits, language) : groupOf('orders', [], null),
      lineDigits !== null && mayOpen('/admin/lines', viewer)
        ? this.lines(lineDigits, language)
        : groupOf('lines', [], null),
      mayOpen('/admin/sims', viewer) ? this.sims(typed, language) : groupOf('sims', [], null),
      words !== null && mayOpen('/admin/tariffs', viewer) ? this.tariffs(words, typed) : groupOf('tariffs', [], null),
    ]);
  }

  /** By the whole taxpayer number, or a part of the name. */
  private async companies(typed: string): Promise<Group> {
    const { rows } = COMPANY.test(typed) ? await this.companyLists.list(typed, null, null) : { rows: [] };
    const found = rows.map(({ customer_id, name, inn }) => ({
      path: `/admin/customers/${customer_id}`,
      title: name,
      note: inn,
    }));
    return groupOf('companies', found, addressOf(COMPANIES, { q: typed }));
  }

  private async orders(digits: string, language: Language): Promise<Group> {
    const asked = { ...readFilter({}), digits, staffId: '', now: this.clock.now() };
    const { rows } = await this.orderLists.list(asked, null);
    const found = rows.map(({ id, number, company, name, operator, tariff, state }) => ({
      path: `${ORDERS}/${id}`,
      title: `№ ${number} · ${company ?? name}`,
      note: [operator, tariff, text(language, `orders:states.${state}`)].join(' · '),
    }));
    return groupOf('orders', found, addressOf(ORDERS, { q: digits }));
  }

  private async lines(digits: string, language: Language): Promise<Group> {
    const rows = await this.queries.lines(digits);
    const found = rows.map(({ id, number, operator, tariff, state }) => ({
      path: `/admin/lines/${id}`,
      title: maskedPhone(number),
      note: [operator, tariff, text(language, `lines:states.${state}`)].join(' · '),
    }));
    return groupOf('lines', found, null);
  }

  /** What the search of the stock takes: a number or its end, a whole ICCID or its beginning, never its last digits. */
  private async sims(typed: string, language: Language): Promise<Group> {
    const filter = filterOf({ q: typed });
    const { rows } = filter.search.kind === 'all' ? { rows: [] } : await this.simLists.list(filter, null);
    const found = rows.map(({ id, iccid, operator, office, holder, state }) => ({
      path: `/admin/sims/${id}`,
      title: maskedIccid(iccid),
      note: [operator, office ?? holder, text(language, `sims:states.${state}`)].filter(Boolean).join(' · '),
    }));
    return groupOf('sims', found, addressOf('/admin/sims', { q: typed }));
  }

  private async tariffs(words: readonly string[], typed: string): Promise<Group> {
    const rows = await this.queries.tariffs(words);
    const found = rows.map(({ id, name, operator }) => ({ path: `/admin/tariffs/${id}`, title: name, note: operator }));
    return groupOf('tariffs', found, addressOf('/admin/tariffs', { q: typed }));
  }
}
