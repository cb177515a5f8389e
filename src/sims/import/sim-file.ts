import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '../../shared/domain-error.js';
import {
  type Encoding,
  type FileLayout,
  guessColumns,
  guessHeading,
  guessSeparator,
  type Separator,
} from './file-layout.js';

export const MOST_SIMS = 200_000;
export const MOST_COLUMNS = 40;

export interface FileRow {
  /** As an editor counts lines: what staff look for in the file. */
  line: number;
  cells: string[];
}

const SAMPLE_ROWS = 20;
const SAMPLE_BYTES = 64 * 1024;
const LONGEST_LINE = 10_000;
/** Tills wait for the same processor: after so many rows others have their turn. */
const ROWS_AT_ONCE = 500;

/** How a file seems to be read, to be looked over by staff. Throws `sim_file_empty` and `sim_file_binary`. */
export async function guessLayout(bytes: Uint8Array): Promise<FileLayout> {
  const encoding = encodingOf(bytes);
  const text = decode(bytes.subarray(0, SAMPLE_BYTES), encoding);
  const separator = guessSeparator(text);
  const rows = await firstRows(bytes, { encoding, separator });
  const heading = guessHeading(rows);
  return { encoding, separator, heading, columns: guessColumns(rows, heading).slice(0, MOST_COLUMNS) };
}

/** The first rows as they are, the heading among them. */
export async function firstRows(
  bytes: Uint8Array,
  layout: Pick<FileLayout, 'encoding' | 'separator'>,
  count = SAMPLE_ROWS,
): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { cells } of rowsOf(bytes, { ...layout, heading: false })) {
    if (rows.push(cells) === count) break;
  }
  if (rows.length === 0) throw fault('sim_file_empty');
  return rows;
}

/** Row by row, without the heading and empty lines. Throws `sim_file_broken` with its line, and `sim_file_long`. */
export async function* rowsOf(
  bytes: Uint8Array,
  { encoding, separator, heading }: Pick<FileLayout, 'encoding' | 'separator' | 'heading'>,
): AsyncGenerator<FileRow> {
  let [line, count] = [0, 0];
  for (const text of linesOf(decode(bytes, encoding))) {
    line++;
    const cells = cellsOf(text, line, separator);
    if (cells.every((cell) => cell === '')) continue;
    if (++count % ROWS_AT_ONCE === 0) await setImmediate();
    if (count === 1 && heading) continue;
    if (count > MOST_SIMS + 1) throw fault('sim_file_long', { max: MOST_SIMS });
    yield { line, cells };
  }
}

function* linesOf(text: string): Generator<string> {
  const end = text.includes('\n') ? '\n' : '\r';
  for (let start = 0, next = 0; next >= 0; start = next + 1) {
    next = text.indexOf(end, start);
    yield text.slice(start, next < 0 ? undefined : next);
  }
}

/** No cell of a registry goes over several lines, and few are quoted: cutting is enough for the others. */
function cellsOf(text: string, line: number, separator: Separator): string[] {
  if (text.length > LONGEST_LINE) throw fault('sim_file_broken', { line });
  if (!text.includes('"')) return text.split(separator).map((cell) => cell.trim());
  try {
    const lenient = { relax_quotes: true, relax_column_count: true, trim: true };
    const rows: string[][] = parse(text.replace(/\r$/, ''), { delimiter: separator, ...lenient });
    return rows[0] ?? [];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fault('sim_file_broken', { line });
  }
}

/** So many lines say something; counted without reading them. */
export function lineCount(bytes: Uint8Array): number {
  let lines = bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0;
  for (const byte of bytes) if (byte === 10) lines++;
  return lines;
}

/** Excel writes UTF-8, the code page of Windows or, as «Unicode text», UTF-16. */
function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes.length === 0) throw fault('sim_file_empty');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  // A workbook or a picture, not a text.
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) throw fault('sim_file_binary');
  return isUtf8(bytes) ? 'utf-8' : 'windows-1251';
}

function decode(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes);
}

function fault(code: string, facts: Record<string, unknown> = {}): DomainError {
  return new DomainError(code, 'invalid', { ...facts, field: 'file' });
}
