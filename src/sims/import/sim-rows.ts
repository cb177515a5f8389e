import { parseDecimal } from '../../shared/decimal.js';
import { type IccidDigits, readIccid } from '../iccid/iccid.js';
import { readLpa } from '../secrets/lpa.js';
import type { SimKind } from '../stock/sim-state.js';
import type { Field, FileLayout } from './file-layout.js';
import type { FileRow } from './sim-file.js';

/** PINs and PUKs as the plastic has them. */
export type SimCodes = Partial<Record<'pin1' | 'puk1' | 'pin2' | 'puk2', string>>;

/** A card as a row of a file tells it. */
export interface NewSim {
  iccid: string;
  body: string;
  raw: string;
  kind: SimKind;
  /** E.164; null where it is chosen at registration. */
  number: string | null;
  tariffName: string | null;
  region: string | null;
  party: string | null;
  priceKopecks: bigint | null;
  balanceKopecks: bigint | null;
  codes: SimCodes | null;
  lpa: string | null;
}

export interface RowFault {
  line: number;
  column: Field;
  /** `sims:import.faults.<code>` */
  code: string;
  /** It may be right all the same: staff decide, with a reason. */
  doubt: boolean;
  /** The line that says the same. */
  other?: number;
}

/** Whose cards these are said to be. */
export interface IssuerRules {
  digits: IccidDigits | null;
  prefixes: readonly string[];
}

const LONGEST_TEXT = 120;
const LONGEST_PARTY = 60;
const MOST_KOPECKS = 100_000_000n;
const CODES = { pin1: /^\d{4,8}$/, pin2: /^\d{4,8}$/, puk1: /^\d{8}$/, puk2: /^\d{8}$/ } as const;
/** Spreadsheets shorten long numbers so, and what they cut off is gone. */
const SHORTENED = /^\d[.,]?\d*e\+?\d+$/i;

/** The row's card with what is doubtful about it, or with everything that is wrong. */
export function readSimRow(row: FileRow, layout: FileLayout, issuer: IssuerRules): { sim: NewSim | null; faults: RowFault[] } {
  const faults: RowFault[] = [];
  const fail = (column: Field, code: string, doubt = false): void => {
    faults.push({ line: row.line, column, code, doubt });
  };
  const cell = (field: Field): string => clean(row.cells[layout.columns.indexOf(field)] ?? '');
  const identity = readIdentity(cell('iccid'), issuer, fail);
  const lpa = cell('lpa') || null;
  if (lpa && !readLpa(lpa)) fail('lpa', 'lpa');
  const sim = {
    kind: kindOf(cell('kind'), lpa, fail),
    number: readNumber(cell('number'), fail),
    tariffName: readText('tariff', cell('tariff'), LONGEST_TEXT, fail),
    region: readText('region', cell('region'), LONGEST_TEXT, fail),
    party: readText('party', cell('party'), LONGEST_PARTY, fail),
    priceKopecks: readMoney('price', cell('price'), fail),
    balanceKopecks: readMoney('balance', cell('balance'), fail),
    codes: readCodes(cell, fail),
    lpa,
  };
  const wrong = identity === null || faults.some(({ doubt }) => !doubt);
  return { sim: wrong ? null : { ...identity, ...sim }, faults };
}

type Fail = (column: Field, code: string, doubt?: boolean) => void;

function readIdentity(text: string, issuer: IssuerRules, fail: Fail): Pick<NewSim, 'iccid' | 'body' | 'raw'> | null {
  if (SHORTENED.test(text)) {
    fail('iccid', 'shortened');
    return null;
  }
  const read = readIccid(text, issuer.digits);
  if ('fault' in read) {
    fail('iccid', read.fault);
    return null;
  }
  const { iccid, body, warnings } = read;
  for (const warning of warnings) fail('iccid', warning, true);
  const isTheirs = issuer.prefixes.length === 0 || issuer.prefixes.some((prefix) => iccid.startsWith(prefix));
  if (!isTheirs) fail('iccid', 'iccid_operator', true);
  return { iccid, body, raw: text };
}

/** Mobile numbers alone live on SIM cards; this is read a hundred thousand times, so it is one pattern. */
function readNumber(text: string, fail: Fail): string | null {
  if (text === '') return null;
  if (SHORTENED.test(text)) fail('number', 'shortened');
  const [, subscriber] = /^(?:\+?7|8)?(9\d{9})$/.exec(text.replace(/[\s()\u2010-\u2015-]/g, '')) ?? [];
  if (subscriber) return `+7${subscriber}`;
  if (!SHORTENED.test(text)) fail('number', 'number');
  return null;
}

function kindOf(text: string, lpa: string | null, fail: Fail): SimKind {
  const said = /e-?sim|есим|е-сим/i.test(text);
  if (lpa && text !== '' && !said) fail('kind', 'kind_lpa');
  return said || lpa ? 'esim' : 'physical';
}

function readText(column: Field, text: string, longest: number, fail: Fail): string | null {
  if (text.length > longest) fail(column, 'long');
  return text === '' ? null : text;
}

/** `1 250,50` as Excel writes it is `1250.50`. */
function readMoney(column: 'price' | 'balance', text: string, fail: Fail): bigint | null {
  if (text === '') return null;
  const [, minus, digits = ''] = /^(-?)(.*)$/.exec(text.replace(/[\s₽]/g, '').replace(/руб\.?$/i, '')) ?? [];
  const kopecks = parseDecimal(digits.replace(',', '.'), 2);
  const allowed = kopecks !== null && kopecks <= MOST_KOPECKS && (minus === '' || column === 'balance');
  if (!allowed) fail(column, 'money');
  return allowed ? (minus ? -kopecks : kopecks) : null;
}

function readCodes(cell: (field: Field) => string, fail: Fail): SimCodes | null {
  const codes: SimCodes = {};
  for (const name of ['pin1', 'puk1', 'pin2', 'puk2'] as const) {
    const code = cell(name);
    if (code === '') continue;
    if (!CODES[name].test(code)) fail(name, name.slice(0, 3));
    codes[name] = code;
  }
  return Object.keys(codes).length > 0 ? codes : null;
}

function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}
