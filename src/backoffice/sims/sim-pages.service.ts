import { Injectable } from '@nestjs/common';
import type { StaffRole } from '../../infra/web/viewer.js';
import { MOST_AT_ONCE } from '../../sims/stock/stock-keeping.service.js';
import { simKinds, simStates } from '../../sims/stock/sim-state.js';
import { SimNotFound } from '../../sims/sims.errors.js';
import { addressOf, pagePaths, type PageQuery } from '../page-query.js';
import { filterOf, isFiltered, queryOf } from './sim-filter.js';
import { SimListQueries } from './sim-list.queries.js';
import { SimQueries } from './sim.queries.js';
import { KEEPERS, simActions, simView } from './sim-views.js';
import { StockQueries } from './stock.queries.js';

const PATH = '/admin/sims';

/** What the pages about SIM cards show. */
@Injectable()
export class SimPages {
  constructor(
    private readonly lists: SimListQueries,
    private readonly sims: SimQueries,
    private readonly stock: StockQueries,
  ) {}

  async list(query: PageQuery, role: StaffRole | null | undefined, ticked: readonly unknown[] = []): Promise<object> {
    const filters = queryOf(query);
    const [page, operators, places] = await Promise.all([
      this.lists.list(filterOf(query), query['after']),
      this.stock.operators(),
      this.stock.places(),
    ]);
    return {
      filters,
      filtered: isFiltered(filters),
      states: simStates.map((name) => ({
        name,
        current: name === filters.state,
        path: addressOf(PATH, { ...filters, state: name === filters.state ? null : name }),
      })),
      ...{ operators, places, kinds: simKinds, openPlaces: places.filter(({ gone }) => !gone) },
      sims: page.rows.map((row) => ({ ...simView(row), ticked: ticked.includes(row.id) })),
      keeper: KEEPERS.includes(role),
      mostAtOnce: MOST_AT_ONCE,
      ...pagePaths(PATH, filters, query, page),
    };
  }

  async sim(id: string, role: StaffRole | null | undefined): Promise<object> {
    const sim = await this.sims.sim(id);
    if (!sim) throw new SimNotFound();
    const [movements, reveals, places] = await Promise.all([
      this.sims.movements(id),
      this.sims.reveals(id),
      this.stock.places(),
    ]);
    const at = sim.office_id ? `office:${sim.office_id}` : `staff:${sim.holder_id}`;
    return {
      sim: simView(sim),
      can: simActions(sim.state, role),
      movements,
      reveals,
      lpaShown: reveals.find(({ what }) => what === 'lpa') ?? null,
      elsewhere: places.filter(({ value, gone }) => !gone && value !== at),
      keeper: KEEPERS.includes(role),
    };
  }

  /** How many cards lie where, operators side by side. */
  async summary(): Promise<object> {
    const [operators, rows] = await Promise.all([this.stock.operators(), this.stock.stock()]);
    const places = new Map<string, { name: string; value: string; counts: Map<string, (typeof rows)[number]> }>();
    for (const row of rows) {
      const value = row.office_id ? `office:${row.office_id}` : `staff:${row.holder_id}`;
      const place = places.get(value) ?? { name: row.place, value, counts: new Map<string, (typeof rows)[number]>() };
      places.set(value, { ...place, counts: place.counts.set(row.operator_id, row) });
    }
    const used = operators.filter(({ value }) => rows.some((row) => row.operator_id === value));
    const cell = (place: string, operator: string, row?: (typeof rows)[number]): object => ({
      path: addressOf(PATH, { place, operator, state: 'in_stock' }),
      inStock: row?.in_stock ?? '0',
      reserved: row?.reserved ?? '0',
      returned: row?.returned ?? '0',
    });
    return {
      operators: used.map((operator) => ({
        ...operator,
        total: sumOf(rows.filter((row) => row.operator_id === operator.value)),
      })),
      places: [...places.values()].map(({ name, value, counts }) => ({
        name,
        path: addressOf(PATH, { place: value }),
        total: sumOf([...counts.values()]),
        cells: used.map((operator) => cell(value, operator.value, counts.get(operator.value))),
      })),
      total: sumOf(rows),
    };
  }
}

function sumOf(rows: readonly { in_stock: string }[]): number {
  return rows.reduce((sum, row) => sum + Number(row.in_stock), 0);
}
