import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { Config } from '../../infra/config/config.js';
import { dayOf } from '../../infra/i18n/format.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Clock } from '../../shared/clock.js';
import { Operators } from '../../tariffs/operators.service.js';
import { TariffReader } from '../../tariffs/tariff-reader.service.js';
import type { TariffVersion } from '../../tariffs/tariff-version.entity.js';
import { packagesLine, priceWords } from '../../tariffs/words/tariff-words.js';
import { pagePaths, type PageQuery, textOf } from '../page-query.js';
import { SHOWN_STATES, type TariffListFilter, TariffQueries, type TariffRow } from './tariffs.queries.js';

const TAGS = { draft: '', published: 'success', ahead: 'info', archived: '', ended: 'warning' } as const;

/** The list of all tariffs, whatever their state. */
@Injectable()
export class TariffList {
  constructor(
    private readonly queries: TariffQueries,
    private readonly reader: TariffReader,
    private readonly operators: Operators,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async page(query: PageQuery, language: Language): Promise<object> {
    const filters = readFilters(query);
    const [page, operators] = await Promise.all([
      this.queries.list(filters, query['after'], this.clock.now()),
      this.operators.list(),
    ]);
    const versions = await this.reader.versionsById(page.rows.map(({ version_id: id }) => id));
    return {
      filters,
      filtered: Object.values(filters).some((value) => value !== null),
      operators: operators.map(({ id, name }) => ({ id, name })),
      states: SHOWN_STATES.map((value) => ({ value, name: text(language, `tariffs:admin.filters.${value}`) })),
      tariffs: page.rows.map((row) => this.line(row, versions.get(row.version_id)!, language)),
      ...pagePaths('/admin/tariffs', { ...filters }, query, page),
    };
  }

  private line(row: TariffRow, version: TariffVersion, language: Language): object {
    const state = this.stateOf(row);
    return {
      ...{ id: row.id, name: row.name, slug: row.slug, operator: { name: row.operator, colour: row.colour } },
      ...{
        price: priceWords(version, language),
        packages: packagesLine(version, language),
        demo: version.origin === 'demo',
      },
      ...{ state, tag: TAGS[state], aheadFrom: row.ahead_from, hasDraft: row.has_draft && state !== 'draft' },
    };
  }

  private stateOf(row: TariffRow): keyof typeof TAGS {
    if (row.state === 'archived') return 'archived';
    if (!row.in_force) return row.ahead_from === null ? 'draft' : 'ahead';
    const today = dayOf(this.clock.now(), this.config.timeZone);
    return row.last_day !== null && row.last_day < today ? 'ended' : 'published';
  }
}

function readFilters(query: PageQuery): TariffListFilter {
  const operator = textOf(query, 'operator');
  return {
    q: textOf(query, 'q'),
    operator: isUUID(operator) ? operator : null,
    state: SHOWN_STATES.find((state) => state === query['state']) ?? null,
  };
}
