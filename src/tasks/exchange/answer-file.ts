import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';

export const RESULTS = ['done', 'refused', 'failed', 'accepted'] as const;
export type AnswerResult = (typeof RESULTS)[number];

/** What an operator says about a task in one row of its file. */
export interface Answer {
  /** As an editor counts lines. */
  line: number;
  /** The task's number. */
  task: string;
  result: AnswerResult;
  /** Which attempt it is about, where the operator says so. */
  attempt: number | null;
  saidAt: Date | null;
  reference: string | null;
  message: string | null;
}

/** `tasks:faults.<code>`; line 0 is the file as a whole. */
export interface RowFault {
  line: number;
  code: string;
}

export interface AnswerFile {
  rows: number;
  answers: Answer[];
  faults: RowFault[];
}

const MOST_ROWS = 5000;
const LONGEST_REFERENCE = 100;
const LONGEST_MESSAGE = 1000;
const SEPARATORS = [';', ',', '\t'] as const;
const FORMATS = ['dd.MM.yyyy HH:mm', 'dd.MM.yyyy HH:mm:ss', 'yyyy-MM-dd HH:mm', 'yyyy-MM-dd HH:mm:ss'];
const YEARS = { first: 2020, last: 2100 };

/** Reads a file of answers; `zone` is that of times without one of their own. What cannot be read is a fault and no error. */
export function readAnswerFile(bytes: Uint8Array, zone: string): AnswerFile {
  if (bytes.includes(0)) return faulty('binary');
  const text = new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1251').decode(bytes);
  if (text.trim() === '') return faulty('empty');
  let records: CsvRecord[];
  try {
    records = parse(text, {
      ...{ delimiter: separatorOf(text), bom: true, info: true, relax_column_count: true, skip_empty_lines: true },
      // Programs of offices leave rows of separators alone at the end.
      ...{ skip_records_with_empty_values: true },
      ...{ trim: true, to: MOST_ROWS + 2, max_record_size: 20_000 },
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (error instanceof CsvError) return faulty('broken');
    throw error;
  }
  const [heading, ...rows] = records;
  if (!heading || rows.length === 0) return faulty('empty');
  if (rows.length > MOST_ROWS) return faulty('long');
  const names = heading.record.map((name) => name.toLowerCase());
  if (!names.includes('task') || !names.includes('result')) return faulty('columns');
  return readRows(rows, names, zone);
}

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

function readRows(rows: readonly CsvRecord[], names: readonly string[], zone: string): AnswerFile {
  const file: AnswerFile = { rows: rows.length, answers: [], faults: [] };
  for (const { record, info } of rows) {
    const cell = (name: string): string => clean(record[names.indexOf(name)] ?? '');
    const answer = readRow(cell, info.lines, zone);
    if (typeof answer === 'string') file.faults.push({ line: info.lines, code: answer });
    else file.answers.push(answer);
  }
  return file;
}

/** The answer, or what is wrong with its row. */
function readRow(cell: (name: string) => string, line: number, zone: string): Answer | string {
  const result = RESULTS.find((known) => known === cell('result').toLowerCase());
  const [task, attempt, at, reference] = [cell('task'), cell('attempt'), cell('at'), cell('reference')];
  const saidAt = at === '' ? null : momentOf(at, zone);
  if (!/^\d{1,15}$/.test(task)) return 'task';
  if (!result) return 'result';
  if (!/^\d{0,6}$/.test(attempt)) return 'attempt';
  if (at !== '' && saidAt === null) return 'at';
  if (reference.length > LONGEST_REFERENCE) return 'reference';
  return {
    ...{ line, task: String(BigInt(task)), result, saidAt },
    attempt: attempt === '' ? null : Number(attempt),
    reference: reference || null,
    message: cell('message').slice(0, LONGEST_MESSAGE).trim() || null,
  };
}

function momentOf(text: string, zone: string): Date | null {
  const readings = [
    DateTime.fromISO(text, { zone }),
    ...FORMATS.map((format) => DateTime.fromFormat(text, format, { zone })),
  ];
  const read = readings.find(({ isValid }) => isValid);
  return read && read.year >= YEARS.first && read.year <= YEARS.last ? read.toJSDate() : null;
}

/** The one that cuts the heading into most columns. */
function separatorOf(text: string): string {
  const [heading = ''] = text.trimStart().split(/\r?\n|\r/, 1);
  const cut = (separator: string): number => heading.split(separator).length;
  return SEPARATORS.toSorted((one, other) => cut(other) - cut(one))[0]!;
}

/** Without what cannot be seen; a spreadsheet's apostrophe before a formula stays, it is the operator's text. */
function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .trim();
}

function faulty(code: string): AnswerFile {
  return { rows: 0, answers: [], faults: [{ line: 0, code }] };
}
