import { stringify } from 'csv-stringify/sync';
import { text, type Language } from '../../infra/i18n/texts.js';
import { formatDecimal } from '../../shared/decimal.js';
import { harmlessCell } from '../../shared/harmless-cell.js';
import type { Cell, CellKind, Section } from './report.js';

/** A table as a spreadsheet opens it: UTF-8 with BOM, semicolons, decimal commas in Russian. */
export function csvOf({ columns, rows, totals }: Section, language: Language): Buffer {
  const line = (cells: readonly Cell[]): string[] =>
    columns.map(({ kind }, index) => csvCell(kind, cells[index] ?? null, language));
  const table = [
    columns.map(({ name }) => harmlessCell(text(language, `reports:columns.${name}`))),
    ...rows.map(({ cells }) => line(cells)),
    ...(totals ? [[text(language, 'reports:total'), ...line(totals).slice(1)]] : []),
  ];
  const csv = stringify(table, { bom: true, delimiter: ';', record_delimiter: '\r\n', escape_formulas: false });
  return Buffer.from(csv);
}

function csvCell(kind: CellKind, cell: Cell, language: Language): string {
  if (cell === null) return '';
  const mark = language === 'ru' ? ',' : '.';
  switch (kind) {
    case 'text':
      return harmlessCell(String(cell));
    case 'day':
    case 'month':
      return String(cell).split('-').reverse().join('.');
    case 'count':
      return String(cell);
    case 'points':
    case 'money':
    case 'percent':
      return formatDecimal(BigInt(cell)).replace('.', mark);
  }
}
