import writeXlsxFile, { type CellObject, type Sheet } from 'write-excel-file/node';
import { text, type Language } from '../../infra/i18n/texts.js';
import type { Cell, CellKind, Report, ReportName, Section } from './report.js';

const FORMATS: Record<CellKind, string | undefined> = {
  text: '@',
  day: 'dd.mm.yyyy',
  month: 'mm.yyyy',
  count: '#,##0',
  points: '#,##0.00',
  money: '#,##0.00',
  percent: '0.00%',
};
const WIDTHS: Record<CellKind, number> = {
  ...{ text: 32, day: 12, month: 12, count: 12 },
  ...{ points: 16, money: 18, percent: 12 },
};

/** A workbook with a sheet for each table: numbers are numbers, days are days, texts never formulas. */
export function xlsxOf({ sections }: Report, report: ReportName, language: Language): Promise<Buffer> {
  const sheets: Sheet<Buffer>[] = sections.map((section) => ({
    sheet: text(language, `reports:${report}.sections.${section.name}`).slice(0, 31),
    data: tableOf(section, language),
    columns: section.columns.map(({ kind }) => ({ width: WIDTHS[kind] })),
    stickyRowsCount: 1,
  }));
  return writeXlsxFile(sheets).toBuffer();
}

function tableOf({ columns, rows, totals }: Section, language: Language): (CellObject | null)[][] {
  const line = (cells: readonly Cell[], more: CellObject = {}): (CellObject | null)[] =>
    columns.map(({ kind }, index) => xlsxCell(kind, cells[index] ?? null, more));
  const bold = { fontWeight: 'bold' as const };
  const name = { value: text(language, 'reports:total'), type: String, ...bold };
  return [
    columns.map((column) => ({ value: text(language, `reports:columns.${column.name}`), type: String, ...bold })),
    ...rows.map(({ cells }) => line(cells)),
    ...(totals ? [[name, ...line(totals, bold).slice(1)]] : []),
  ];
}

function xlsxCell(kind: CellKind, cell: Cell, more: CellObject): CellObject | null {
  if (cell === null) return null;
  const format = FORMATS[kind];
  switch (kind) {
    case 'text':
      return { value: String(cell), type: String, format, ...more };
    case 'day':
    case 'month':
      return { value: new Date(`${String(cell).padEnd(10, '-01')}T00:00:00Z`), type: Date, format, ...more };
    case 'count':
      return { value: Number(cell), type: Number, format, ...more };
    case 'points':
    case 'money':
      return { value: Number(cell) / 100, type: Number, format, ...more };
    case 'percent':
      return { value: Number(cell) / 10_000, type: Number, format, ...more };
  }
}
