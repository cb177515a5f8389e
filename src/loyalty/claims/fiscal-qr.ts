import { DateTime } from 'luxon';
import { parseDecimal } from '../../shared/decimal.js';

/** A fiscal receipt as its QR code names it (FNS: `t=20261122T1215&s=1250.50&fn=…&i=…&fp=…&n=1`). */
export interface FiscalReceipt {
  /** By the station's clock, without zone: `2026-11-22T12:15:00`. */
  printedAt: string;
  /** Most registers leave the seconds out. */
  hasSeconds: boolean;
  sumKopecks: bigint;
  /** ФН: sixteen digits. */
  storage: string;
  /** ФД. */
  document: string;
  /** ФП. */
  sign: string;
  /** 1 sale, 2 its refund, 3 and 4 the same of a buying up. */
  operation: number;
}

export type FiscalField = 't' | 's' | 'fn' | 'i' | 'fp' | 'n';

const NAMES: readonly FiscalField[] = ['t', 's', 'fn', 'i', 'fp', 'n'];
const LONGEST = 200;
const TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?$/;
const SHAPES: Record<FiscalField, RegExp> = {
  t: TIME,
  s: /^(0|[1-9]\d{0,7})\.\d\d$/,
  fn: /^\d{16}$/,
  i: /^0*[1-9]\d{0,9}$/,
  fp: /^\d{1,10}$/,
  n: /^[1-4]$/,
};

/** Null where the text is no fiscal QR code: every field once, in any order, nothing else. */
export function parseFiscalQr(text: string): FiscalReceipt | null {
  if (text.length > LONGEST) return null;
  const pairs = text
    .trim()
    .split('&')
    .map((pair) => pair.split('=') as [FiscalField, string]);
  const fields = new Map(pairs);
  if (pairs.length !== NAMES.length || pairs.some((pair) => pair.length !== 2)) return null;
  if (!NAMES.every((name) => fields.has(name))) return null;
  const read = readFiscalFields(Object.fromEntries(fields) as Record<FiscalField, string>);
  return 'receipt' in read ? read.receipt : null;
}

/** The receipt of these fields, or the ones that are wrong. */
export function readFiscalFields(
  fields: Record<FiscalField, string>,
): { receipt: FiscalReceipt } | { wrong: FiscalField[] } {
  const wrong = NAMES.filter((name) => !SHAPES[name].test(fields[name]));
  const time = wrong.includes('t') ? null : readTime(fields.t);
  if (time === null && !wrong.includes('t')) wrong.push('t');
  const sumKopecks = parseDecimal(fields.s, 2);
  if (sumKopecks === 0n) wrong.push('s');
  if (wrong.length > 0 || time === null || sumKopecks === null) return { wrong };
  const { fn: storage, i, fp, n } = fields;
  const numbers = { document: BigInt(i).toString(), sign: BigInt(fp).toString(), operation: Number(n) };
  return { receipt: { ...time, sumKopecks, storage, ...numbers } };
}

function readTime(text: string): Pick<FiscalReceipt, 'printedAt' | 'hasSeconds'> | null {
  const [, year, month, day, hour, minute, second] = TIME.exec(text)!;
  const printedAt = `${year}-${month}-${day}T${hour}:${minute}:${second ?? '00'}`;
  const real = Number(year) >= 2017 && DateTime.fromISO(printedAt, { zone: 'utc' }).isValid && hour !== '24';
  return real ? { printedAt, hasSeconds: second !== undefined } : null;
}
