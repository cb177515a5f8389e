import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { DomainError } from '../../shared/domain-error.js';
import { type Encoding, type FileLayout, guessColumns, guessHeading, guessSeparator, type Separator } from './file-layout.js';

export const MOST_SIMS = 200_000;
export const MOST_COLUMNS = 40;

export interface FileRow {
  /** As an editor counts lines: what staff look for in the file. */
  line: number;
  cells: string[];
}

const SAMPLE_ROWS = 20;
const SAMPLE_CHARACTERS = 64 * 1024;
const SLICE = 64 * 1024;
const LONGEST_ROW = 10_000;
/** Tills wait for the same processor: after so many rows others have their turn. */
const ROWS_AT_ONCE = 500;

/** How a file seems to be read, to be looked over by staff. Throws `sim_file_empty` and `sim_file_binary`. */
export async function guessLayout(bytes: Uint8Array): Promise<FileLayout> {
  const encoding = encodingOf(bytes);
  const text = decode(bytes.subarray(0, SAMPLE_CHARACTERS), encoding);
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
  for await (const { cells } of rowsOf(bytes, { ...layout, heading: false }, count)) {
    if (rows.push(cells) === count) break;
  }
  if (rows.length === 0) throw fault('sim_file_empty');
  return rows;
}

/** Row by row, without the heading. Throws `sim_file_broken` with its line, and `sim_file_long`. */
export async function* rowsOf(
  bytes: Uint8Array,
  { encoding, separator, heading }: Pick<FileLayout, 'encoding' | 'separator' | 'heading'>,
  most = Infinity,
): AsyncGenerator<FileRow> {
  const enough = Number.isFinite(most) ? { to: most } : {};
  const parser = parse({ ...optionsFor(separator), ...enough });
  let count = 0;
  try {
    for await (const read of Readable.from(slicesOf(decode(bytes, encoding))).pipe(parser)) {
      const { info, record } = read as { info: { lines: number }; record: string[] };
      if (++count % ROWS_AT_ONCE === 0) await setImmediate();
      if (count === 1 && heading) continue;
      if (count > MOST_SIMS + 1) throw fault('sim_file_long', { max: MOST_SIMS });
      yield { line: info.lines, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fault('sim_file_broken', { line: Number((error as { lines?: number }).lines ?? 0) });
  }
}

function optionsFor(delimiter: Separator): object {
  const lenient = { relax_quotes: true, relax_column_count: true, skip_empty_lines: true, trim: true };
  return { delimiter, info: true, skip_records_with_empty_values: true, max_record_size: LONGEST_ROW, ...lenient };
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
  if (bytes.subarray(0, SLICE).includes(0)) throw fault('sim_file_binary');
  return isUtf8(bytes) ? 'utf-8' : 'windows-1251';
}

function decode(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes);
}

function* slicesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += SLICE) yield text.slice(start, start + SLICE);
}

function fault(code: string, facts: Record<string, unknown> = {}): DomainError {
  return new DomainError(code, 'invalid', { ...facts, field: 'file' });
}
