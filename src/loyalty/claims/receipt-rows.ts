import { DateTime } from 'luxon';
import { parseDecimal } from '../../shared/decimal.js';
import type { Category } from '../../stations/category.js';
import { type FiscalField, readFiscalFields } from './fiscal-qr.js';
import type { RawLine, RawReceipt } from './receipt-file.js';

/** A receipt of an upload, as it is kept until the import and then for good. */
export interface StationReceipt {
  stationId: string;
  terminalId: string;
  receiptNumber: string;
  kind: 'sale' | 'refund';
  occurredAt: string;
  printedAt: string;
  totalKopecks: string;
  storage: string;
  document: string;
  sign: string;
  refundedNumber: string | null;
  lines: { category: Category; sumKopecks: string }[];
}

export interface RowFault {
  row: number;
  field: string;
  /** `claims:upload.faults.<code>` */
  code: string;
}

/** Where receipts may come from. */
export interface Places {
  /** By the station's number. */
  stations: Map<string, { id: string; timeZone: string; terminals: { id: string; name: string }[] }>;
  categoryOf(stationId: string, code: string): Category | undefined;
}

const NUMBER = /^[^\p{Cc}\p{Cs}]{1,64}$/u;
const TIMES = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", 'yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd HH:mm'];
const RUSSIAN_TIMES = ['dd.MM.yyyy HH:mm:ss', 'dd.MM.yyyy HH:mm', 'd.M.yyyy H:mm:ss', 'd.M.yyyy H:mm'];
const NAME_OF: Record<FiscalField, string> = { t: 'time', s: 'sum', fn: 'fn', i: 'i', fp: 'fp', n: 'n' };
/** What nobody said more of: the receipt earns as ordinary goods. */
const UNSAID: Category = 'goods';

/** A row's receipt, or everything that is wrong with it. */
export function readRow(raw: RawReceipt, places: Places, now: Date): StationReceipt | RowFault[] {
  const { fields, row } = raw;
  const faults: RowFault[] = [];
  const fail = (field: string, code: string = field): void => void faults.push({ row, field, code });
  const station = places.stations.get((fields['station'] ?? '').replace(/^0+(?=\d)/, ''));
  const terminal = station && terminalOf(station.terminals, fields['terminal'] ?? '');
  if (!station) fail('station');
  else if (!terminal) fail('terminal', fields['terminal'] ? 'terminal' : 'terminal_needed');
  const time = readTime(fields['time'] ?? '', station?.timeZone ?? 'utc');
  if (time && station && time.toJSDate().getTime() > now.getTime() + AHEAD_MS) fail('time', 'future');
  const sum = money(fields['sum'] ?? '');
  const t = time?.toFormat("yyyyMMdd'T'HHmmss") ?? '';
  const fiscal = readFiscalFields({ ...(fields as Record<FiscalField, string>), t, s: sum });
  if ('wrong' in fiscal) for (const name of new Set(fiscal.wrong)) fail(NAME_OF[name]);
  else if (fiscal.receipt.operation > 2) fail('n');
  if (!NUMBER.test(fields['receipt'] ?? '')) fail('receipt');
  if (fields['refunded'] && !NUMBER.test(fields['refunded'])) fail('refunded');
  const lines = station && readLines(raw.lines, sum, (code) => places.categoryOf(station.id, code));
  if (typeof lines === 'string') fail('lines', lines);
  if (faults.length > 0 || !station || !terminal || !time || 'wrong' in fiscal || !Array.isArray(lines)) return faults;
  const { printedAt, sumKopecks, storage, document, sign, operation } = fiscal.receipt;
  const kind = operation === 2 ? 'refund' : 'sale';
  const receiptNumber = fields['receipt']!;
  return {
    ...{ stationId: station.id, terminalId: terminal.id, receiptNumber, kind, printedAt, storage, document, sign },
    ...{ occurredAt: time.toJSDate().toISOString(), totalKopecks: sumKopecks.toString(), lines },
    refundedNumber: kind === 'refund' ? fields['refunded'] || receiptNumber : null,
  };
}

/** As for tills: a clock may run ahead, but not by days. */
const AHEAD_MS = 48 * 3_600_000;

function terminalOf(terminals: readonly { id: string; name: string }[], name: string): { id: string } | undefined {
  if (name !== '') return terminals.find((terminal) => terminal.name.toLowerCase() === name.toLowerCase());
  return terminals.length === 1 ? terminals[0] : undefined;
}

/** By the station's clock. A time that the clocks jumped over does not exist. */
function readTime(text: string, zone: string): DateTime | null {
  for (const format of [...TIMES, ...RUSSIAN_TIMES]) {
    const time = DateTime.fromFormat(text, format, { zone });
    if (time.isValid) return time.toFormat(format) === text ? time : null;
  }
  return null;
}

/** `1250,5` as Excel writes it is `1250.50`. */
function money(text: string): string {
  const [whole = '', fraction = ''] = text.replace(',', '.').split('.');
  return /^\d+([.,]\d{1,2})?$/.test(text) ? `${whole}.${fraction.padEnd(2, '0')}` : '';
}

function readLines(
  raw: readonly RawLine[] | null,
  total: string,
  categoryOf: (code: string) => Category | undefined,
): StationReceipt['lines'] | 'lines' | 'category' | 'lines_sum' {
  const totalKopecks = parseDecimal(total, 2);
  if (raw === null) return 'lines';
  if (totalKopecks === null) return [];
  if (raw.length === 0) return [{ category: UNSAID, sumKopecks: totalKopecks.toString() }];
  const lines = raw.map(({ category, sum }) => ({
    category: categoryOf(category),
    kopecks: parseDecimal(money(sum), 2),
  }));
  if (lines.some(({ kopecks }) => kopecks === null)) return 'lines';
  if (lines.some(({ category }) => category === undefined)) return 'category';
  if (lines.reduce((sum, { kopecks }) => sum + kopecks!, 0n) !== totalKopecks) return 'lines_sum';
  return lines.map(({ category, kopecks }) => ({ category: category!, sumKopecks: kopecks!.toString() }));
}
