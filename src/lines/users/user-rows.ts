import { CsvError, parse } from 'csv-parse/sync';
import { phoneOrNull } from '../../shared/phone.js';
import type { LineUser, UserKind } from './line-user.js';

/** Rows in one paste: a form of this size is still read. */
export const MOST_ROWS = 300;
export const LONGEST_NAME = 120;
export const LONGEST_NOTE = 200;

export type RowFault =
  'number_wrong' | 'number_unknown' | 'number_twice' | 'kind_wrong' | 'name_missing' | 'name_long' | 'note_long';

export interface UserRow {
  /** As it was pasted, from one on. */
  line: number;
  /** E.164 where it is a number, else what was typed. */
  number: string;
  /** Null where nobody is named. */
  user: LineUser | null;
  /** «Подано»: the company says that it sent the data. */
  submitted: boolean;
  /** «Подтверждено»: that is the operator's to say. */
  confirmed: boolean;
  fault: RowFault | null;
}

const KINDS: readonly [RegExp, UserKind][] = [
  [/^(person|employee|сотрудник|человек)$/i, 'person'],
  [/^(device|устройство|оборудование)$/i, 'device'],
];
/** What the first column of a heading is called, here and in other programs. */
const HEADING = /^(номер|телефон|number|phone)/i;
const CONFIRMED = /^(confirmed|подтвержд)/i;
const SUBMITTED = /^(submitted|sent|подано|отправлено)$/i;

/** Rows of a spreadsheet as they are pasted: number, kind, name, note, ESIA. Null where they cannot be taken apart at all. */
export function readUserRows(text: string): UserRow[] | null {
  const cells = cellsOf(text);
  if (!cells) return null;
  const seen = new Set<string>();
  return cells.flatMap((row, place) => {
    const said = row.map(plain);
    if (said.every((cell) => cell === '') || (place === 0 && HEADING.test(said[0] ?? ''))) return [];
    const read = readRow(said, place + 1);
    const twice = seen.has(read.number);
    seen.add(read.number);
    return [twice && !read.fault ? { ...read, fault: 'number_twice' as const } : read];
  });
}

/** Spreadsheets copy with tabs and save with semicolons. */
function cellsOf(text: string): string[][] | null {
  const delimiter = text.includes('\t') ? '\t' : ';';
  try {
    return parse(text.replace(/^\ufeff/, ''), {
      ...{ delimiter, relax_quotes: true, relax_column_count: true, trim: true, skip_empty_lines: false },
    });
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

/** Our own file puts an apostrophe before what a spreadsheet would work out. */
function plain(cell: string): string {
  return cell
    .replace(/^'(?=[=+\-@])/, '')
    .normalize('NFC')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
}

function readRow([typed = '', kindWord = '', name = '', note = '', esia = '']: string[], line: number): UserRow {
  const number = phoneOrNull(typed);
  const kind = KINDS.find(([word]) => word.test(kindWord))?.[1] ?? null;
  const empty = kindWord === '' && name === '' && note === '';
  const user = empty || kind === null ? null : { name, kind, note: note || null };
  const fault = number === null ? 'number_wrong' : empty ? null : userFault(kind, name, note);
  const claims = { submitted: SUBMITTED.test(esia), confirmed: CONFIRMED.test(esia) };
  return { line, number: number ?? typed.slice(0, LONGEST_NAME), user, ...claims, fault };
}

function userFault(kind: UserKind | null, name: string, note: string): RowFault | null {
  if (kind === null) return 'kind_wrong';
  if (name === '') return 'name_missing';
  if (name.length > LONGEST_NAME) return 'name_long';
  return note.length > LONGEST_NOTE ? 'note_long' : null;
}
