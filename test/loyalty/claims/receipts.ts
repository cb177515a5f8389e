import { DateTime } from 'luxon';
import type { TestApp } from '../../support/app.js';
import type { Visitor } from '../../support/visitor.js';

/** A receipt as a station prints and uploads it. */
export interface Receipt {
  station: string;
  terminal: string;
  receipt: string;
  time: string;
  sum: string;
  fn: string;
  i: string;
  fp: string;
  n: string;
  refunded: string;
  lines: string;
}

const HEADING = ['station', 'terminal', 'receipt', 'time', 'sum', 'fn', 'i', 'fp', 'n', 'refunded', 'lines'] as const;
let made = 0;

/** A sale of an hour ago at this station, on the stations' clock. */
export function receiptAt(app: TestApp, station: number, changes: Partial<Receipt> = {}): Receipt {
  const document = String(10_000 + ++made);
  const at = DateTime.fromJSDate(app.clock.now(), { zone: 'Europe/Moscow' }).minus({ hours: 1 });
  return {
    ...{ station: String(station), terminal: '', receipt: `Ч-${document}`, time: at.toFormat("yyyy-MM-dd'T'HH:mm:ss") },
    ...{ sum: '1250.50', fn: '9287440300246247', i: document, fp: `23586${document}`, n: '1', refunded: '', lines: '' },
    ...changes,
  };
}

/** What the QR code on the receipt says: mostly no seconds. */
export function qrOf({ time, sum, fn, i, fp, n }: Receipt): string {
  const t = time.slice(0, 16).replace(/[-:]/g, '');
  return `t=${t}&s=${sum}&fn=${fn}&i=${i}&fp=${fp}&n=${n}`;
}

export function csvOf(receipts: readonly Receipt[]): string {
  return [HEADING.join(','), ...receipts.map((receipt) => HEADING.map((name) => receipt[name]).join(','))].join('\n');
}

/** Checks and imports, as a manager does on the two pages; answers the second page. */
export async function uploadAndImport(manager: Visitor, receipts: readonly Receipt[]) {
  const checked = await manager.upload('/admin/receipts', { name: 'чеки.csv', content: csvOf(receipts) });
  if (checked.status !== 303) throw new Error(`not taken: ${checked.status} ${checked.text}`);
  const imported = await manager.submit(await manager.follow(checked), {}, /import$/);
  return manager.follow(imported);
}
