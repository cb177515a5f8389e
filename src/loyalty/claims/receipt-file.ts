import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '../../shared/domain-error.js';

export const MOST_RECEIPTS = 10_000;

/** What a row of an upload may say, by the names of its columns. */
export const COLUMNS = [
  ...['station', 'terminal', 'receipt', 'time', 'sum', 'fn', 'i', 'fp', 'n', 'refunded', 'lines'],
] as const;
const NEEDED = ['station', 'receipt', 'time', 'sum', 'fn', 'i', 'fp', 'n'];

export interface RawLine {
  category: string;
  sum: string;
}

export interface RawReceipt {
  /** As people count: the heading of a CSV file is row 1. */
  row: number;
  fields: Record<string, string>;
  /** Null where they cannot be read. */
  lines: RawLine[] | null;
}

/** Reads a station's file, CSV or JSON in UTF-8; refuses what is neither. What is wrong with single rows is not judged here. */
export function readReceiptFile(bytes: Uint8Array): RawReceipt[] {
  if (bytes.length === 0) throw fault('receipt_file_empty');
  if (!isUtf8(bytes)) throw fault('receipt_file_encoding');
  const text = new TextDecoder().decode(bytes).trim();
  const receipts = /^[[{]/.test(text) ? fromJson(text) : fromCsv(text);
  if (receipts.length === 0) throw fault('receipt_file_empty');
  if (receipts.length > MOST_RECEIPTS) throw fault('receipt_file_long', { max: MOST_RECEIPTS });
  return receipts;
}

function fromCsv(text: string): RawReceipt[] {
  const [heading = [], ...rows] = table(text);
  const names = heading.map((name) => name.trim().toLowerCase());
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) throw fault('receipt_file_columns', { columns: missing.join(', ') });
  return rows.map((cells, index) => {
    const fields = Object.fromEntries(names.map((name, place) => [name, (cells[place] ?? '').trim()]));
    return { row: index + 2, fields, lines: linesOf(fields['lines'] ?? '') };
  });
}

/** Excel separates by semicolons where the comma is the decimal mark. */
function table(text: string): string[][] {
  const [heading = ''] = text.split('\n', 1);
  const delimiter = heading.includes(';') ? ';' : ',';
  try {
    return parse(text, { delimiter, skip_empty_lines: true, to: MOST_RECEIPTS + 2, max_record_size: 100_000 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fault('receipt_file_broken', { line: Number((error as { lines?: number }).lines ?? 0) });
  }
}

/** `fuel:1000.00; tobacco:250.50` */
function linesOf(text: string): RawLine[] | null {
  if (text === '') return [];
  const lines = text.split(/[;|]/).map((line) => /^\s*([^:]{1,64}):\s*([^:]{1,20}?)\s*$/.exec(line));
  return lines.every((line) => line !== null)
    ? lines.map(([, category, sum]) => ({ category: category!, sum: sum! }))
    : null;
}

function fromJson(text: string): RawReceipt[] {
  const rows = parsedJson(text);
  if (!Array.isArray(rows)) throw fault('receipt_file_list');
  if (rows.length > MOST_RECEIPTS) throw fault('receipt_file_long', { max: MOST_RECEIPTS });
  return rows.map((row: unknown, index) => {
    const values = (row !== null && typeof row === 'object' ? row : {}) as Record<string, unknown>;
    const fields = Object.fromEntries(COLUMNS.map((name) => [name, plain(values[name])]));
    return { row: index + 1, fields, lines: jsonLines(values['lines']) };
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fault('receipt_file_broken', { line: 0 });
  }
}

function jsonLines(value: unknown): RawLine[] | null {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return null;
  return value.map((line: unknown) => {
    const { category, sum } = (line ?? {}) as { category?: unknown; sum?: unknown };
    return { category: plain(category), sum: plain(sum) };
  });
}

/** Money in JSON is text; a number would have lost kopecks on the way. Whole numbers are numbers all the same. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : '';
}

function fault(code: string, facts: Record<string, unknown> = {}): DomainError {
  return new DomainError(code, 'invalid', { ...facts, field: 'file' });
}
