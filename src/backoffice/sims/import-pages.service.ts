import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { formatDecimal } from '../../shared/decimal.js';
import { DomainError } from '../../shared/domain-error.js';
import { ENCODINGS, FIELDS, guessColumns, SEPARATORS } from '../../sims/import/file-layout.js';
import { firstRows } from '../../sims/import/sim-file.js';
import { type ImportLayout, SimImports } from '../../sims/import/sim-imports.service.js';
import { addressOf, pagePaths, type PageQuery } from '../page-query.js';
import { type ImportPageRow, SimImportQueries } from './import.queries.js';
import { layoutOf, SEPARATOR_NAMES } from './layout-form.js';
import { previewCells } from './sim-views.js';
import { StockQueries } from './stock.queries.js';

const PATH = '/admin/sims/import';
const PREVIEW_ROWS = 6;

/** What the pages about operators' files show. */
@Injectable()
export class ImportPages {
  constructor(
    private readonly imports: SimImports,
    private readonly queries: SimImportQueries,
    private readonly stock: StockQueries,
  ) {}

  async list(query: PageQuery): Promise<object> {
    const [page, operators, offices] = await Promise.all([
      this.queries.list(query['after']),
      this.stock.operators(),
      this.stock.offices(),
    ]);
    return {
      ...{ imports: page.rows, operators, fields: FIELDS },
      offices: offices.filter(({ closed_at }) => closed_at === null).map(({ id, name }) => ({ value: id, name })),
      ...pagePaths(PATH, {}, query, page),
    };
  }

  async import(id: string, req?: Request): Promise<object> {
    const row = await this.queries.import(id);
    if (!row) throw new DomainError('sim_import_not_found', 'not_found');
    const faults = row.faults.map((fault) => ({
      ...fault,
      textKey: `sims:import.faults.${fault.code}`,
      columnKey: `sims:fields.${fault.column}`,
    }));
    return {
      import: { ...row, faults, imported: row.state === 'imported', checked: row.state === 'checked' },
      cardsPath: addressOf('/admin/sims', { party: row.party }),
      mapping: row.state === 'imported' ? null : await this.mapping(row, typedLayout(req)),
    };
  }

  /** The mapping's form: what was typed last, else what is kept. A separator that cuts otherwise guesses the columns anew. */
  private async mapping(row: ImportPageRow, typed: ImportLayout | null): Promise<object> {
    const layout = typed ?? row.layout;
    const rows = await firstRows(await this.imports.bytes(row.id), layout, PREVIEW_ROWS);
    const width = Math.max(...rows.map((cells) => cells.length));
    const fits = layout.columns.length === width;
    const columns = fits ? layout.columns : guessColumns(rows, layout.heading);
    const shown = rows.map((cells) => previewCells(cells, columns));
    // Names of columns are no secrets; a row that is no heading after all is hidden as far as it looks like one.
    const titles = previewCells(rows[0] ?? [], []);
    return {
      ...{ encoding: layout.encoding, heading: layout.heading },
      separator: SEPARATOR_NAMES[SEPARATORS.indexOf(layout.separator)],
      price: layout.priceKopecks === null ? '' : formatDecimal(BigInt(layout.priceKopecks)).replace('.', ','),
      ...{ separators: SEPARATOR_NAMES, encodings: ENCODINGS, fields: FIELDS },
      columns: columns.map((field, place) => ({
        ...{ field, place, name: `column${place}` },
        title: layout.heading ? titles[place] : '',
        cells: shown.slice(layout.heading ? 1 : 0).map((cells) => cells[place] ?? ''),
      })),
    };
  }
}

/** What a refused mapping was typed with, as far as it can be read. */
function typedLayout(req: Request | undefined): ImportLayout | null {
  if (req?.method !== 'POST') return null;
  try {
    const body = (req.body ?? {}) as Record<string, unknown>;
    return body['separator'] === undefined ? null : layoutOf(body);
  } catch {
    return null;
  }
}
