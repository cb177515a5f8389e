import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '../../shared/domain-error.js';

export const MOST_ROWS = 5000;

/** The columns of a file of tariffs, in the order in which we write them. */
export const COLUMNS = [
  ...['operator', 'name', 'slug', 'region', 'audience', 'price_rub', 'period', 'minutes', 'gigabytes', 'sms', 'extras'],
  ...['year', 'source', 'quality', 'connection_fee_rub', 'for_persons', 'conditions', 'last_day'],
] as const;
export type Column = (typeof COLUMNS)[number];

export const NEEDED_COLUMNS: readonly Column[] = [
  'operator',
  'name',
  'slug',
  'audience',
  'price_rub',
  'period',
  'minutes',
  'gigabytes',
];

export interface RawRow {
  /** As people count: the heading is row 1. */
  row: number;
  /** Trimmed; a column that the file does not have is absent. */
  fields: Partial<Record<Column, string>>;
}

/**
 * Reads a CSV file of tariffs: commas or semicolons, UTF-8 with or without BOM, or windows-1251. What is wrong with single
 * rows is not judged here. Refuses a file that cannot be read: `tariff_file_empty`, `_columns`, `_strange`, `_broken`, `_long`.
 */
export function readTariffFile(bytes: Uint8Array): RawRow[] {
  const encoding = isUtf8(bytes) ? 'utf-8' : 'windows-1251';
  const [heading = [], ...rows] = table(new TextDecoder(encoding).decode(bytes));
  const names = heading.map((name) => name.trim().toLowerCase());
  const missing = NEEDED_COLUMNS.filter((name) => !names.includes(name));
  if (names.length === 0 || rows.length === 0) throw fault('tariff_file_empty');
  if (missing.length > 0) throw fault('tariff_file_columns', { columns: missing.join(', ') });
  const strange = names.filter((name, index) => !isColumn(name) || names.indexOf(name) !== index);
  if (strange.length > 0) throw fault('tariff_file_strange', { columns: strange.join(', ').slice(0, 100) });
  if (rows.length > MOST_ROWS) throw fault('tariff_file_long', { max: MOST_ROWS });
  return rows.map((cells, index) => ({
    row: index + 2,
    fields: Object.fromEntries(names.map((name, place) => [name, plainCell(cells[place] ?? '')])),
  }));
}

/** Excel separates by semicolons where the comma is the decimal mark. */
function table(text: string): string[][] {
  const [heading = ''] = text.split('\n', 1);
  const delimiter = heading.includes(';') ? ';' : ',';
  try {
    return parse(text, { delimiter, bom: true, skip_empty_lines: true, to: MOST_ROWS + 2, max_record_size: 100_000 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fault('tariff_file_broken', { line: Number((error as { lines?: number }).lines ?? 0) });
  }
}

/** Without the apostrophe that keeps a spreadsheet from reading a text as a formula. */
function plainCell(cell: string): string {
  return cell.trim().replace(/^'(?=[=+\-@])/, '');
}

function isColumn(name: string): name is Column {
  return COLUMNS.some((column) => column === name);
}

function fault(code: string, facts: Record<string, unknown> = {}): DomainError {
  return new DomainError(code, 'invalid', { ...facts, field: 'file' });
}
