import { Injectable } from '@nestjs/common';
import type { Language } from '../../infra/i18n/texts.js';
import { DomainError } from '../../shared/domain-error.js';
import { keptTerms } from '../../tariffs/import/kept-terms.js';
import { COLUMNS, NEEDED_COLUMNS } from '../../tariffs/import/tariff-file.js';
import type { KeptChange } from '../../tariffs/import/tariff-imports.service.js';
import { packagesLine, priceWords } from '../../tariffs/words/tariff-words.js';
import { pagePaths, type PageQuery } from '../page-query.js';
import { ImportQueries } from './imports.queries.js';
import { changesOf } from './tariff-story.js';

/** So much of a file is shown before it is imported. */
const SHOWN_ROWS = 100;

/** What the pages of files of tariffs show. */
@Injectable()
export class ImportPages {
  constructor(private readonly queries: ImportQueries) {}

  async list(query: PageQuery): Promise<object> {
    const page = await this.queries.imports(query['after']);
    return {
      imports: page.rows,
      columns: COLUMNS.map((name) => ({ name, needed: NEEDED_COLUMNS.includes(name) })),
      ...pagePaths('/admin/tariffs/imports', {}, query, page),
    };
  }

  async show(id: string, language: Language): Promise<object> {
    const found = await this.queries.find(id, SHOWN_ROWS);
    if (!found) throw new DomainError('tariff_import_not_found', 'not_found');
    const { row, added, changed } = found;
    const checked = row.state === 'checked';
    return {
      file: {
        ...row,
        faults: row.faults.map((fault) => ({ ...fault, textKey: `tariffs:import.faults.${fault.code}` })),
      },
      checked,
      ready: checked && row.new_count + row.changed_count > 0,
      added: added.map((change) => newLine(change, language)),
      changed: changed.map((change) => changedLine(change, language)),
      ...{ moreAdded: checked ? row.new_count - added.length : 0 },
      ...{ moreChanged: checked ? row.changed_count - changed.length : 0 },
    };
  }
}

function newLine({ row, slug, terms: kept }: KeptChange, language: Language): object {
  const terms = keptTerms(kept);
  return { row, slug, name: terms.name, price: priceWords(terms, language), packages: packagesLine(terms, language) };
}

function changedLine({ row, tariffId, before, terms }: KeptChange, language: Language): object {
  const changes = before ? changesOf(keptTerms(before), keptTerms(terms), language) : [];
  return { row, tariffId, name: terms.name, changes };
}
