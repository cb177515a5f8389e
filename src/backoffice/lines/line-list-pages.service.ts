import { Injectable } from '@nestjs/common';
import { LINE_STATES } from '../../lines/line-state.js';
import { Operators } from '../../tariffs/operators.service.js';
import { addressOf, pagePaths, type PageQuery, wordsInsteadOf } from '../page-query.js';
import { FEWEST_DIGITS, filterParts, readFilter } from './line-filter.js';
import { LineListQueries } from './line-list.queries.js';
import { listedLine } from './line-views.js';

export const LIST = '/admin/lines';

const NOTHING = { rows: [], next: null };

/** `/admin/lines`: all numbers that we serve. */
@Injectable()
export class LineListPages {
  constructor(
    private readonly lists: LineListQueries,
    private readonly operators: Operators,
  ) {}

  async list(query: PageQuery): Promise<object> {
    const filter = readFilter(query);
    const filters = filterParts(filter);
    const words = wordsInsteadOf(filter.digits, query);
    const [page, operators] = await Promise.all([
      words ? NOTHING : this.lists.list(filter, query['after']),
      this.operators.list(),
    ]);
    return {
      ...{ filters, words },
      filtered: Object.values({ ...filters, words }).some(Boolean),
      nothing: words
        ? 'byDigits'
        : (filter.digits?.length ?? FEWEST_DIGITS) < FEWEST_DIGITS
          ? 'fewDigits'
          : 'emptyNext',
      operators: operators.map(({ id, name }) => ({ value: id, name })),
      states: LINE_STATES.map((name) => ({
        name,
        current: name === filter.state,
        path: addressOf(LIST, { ...filters, state: name === filter.state ? null : name }),
      })),
      lines: page.rows.map(listedLine),
      ...pagePaths(LIST, filters, query, page),
    };
  }
}
