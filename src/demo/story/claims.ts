import { DateTime } from 'luxon';
import type { Sql } from '../../infra/database/sql.js';
import { COLUMNS } from '../../loyalty/claims/receipt-file.js';
import { parseFiscalQr } from '../../loyalty/claims/fiscal-qr.js';
import type { ReceiptClaims } from '../../loyalty/claims/receipt-claims.service.js';
import type { ReceiptUploads } from '../../loyalty/claims/receipt-uploads.service.js';
import type { Actor } from '../../shared/actor.js';
import type { StoryClock } from './story-clock.js';

type Row = Record<(typeof COLUMNS)[number], string>;

/** The clerks who work claims, within the story's transaction. */
export interface ClaimRooms {
  claims: ReceiptClaims;
  uploads: ReceiptUploads;
  settleUpload: (uploadId: string) => Promise<void>;
}

export interface Forgetting {
  clock: StoryClock;
  now: Date;
  /** Where they forgot their cards. */
  terminalId: string;
  /** Whose receipt is credited, whose was refunded, whose is not uploaded yet. */
  phones: readonly [string, string, string];
}

const HOUR_MS = 3_600_000;
const STORAGE = '7380440902142618';

/** Three customers forgot their cards this morning and claimed their receipts; the station has sent most of its own. */
export async function forgetCards(
  sql: Sql,
  { claims, uploads, settleUpload }: ClaimRooms,
  scene: Forgetting,
): Promise<void> {
  const { clock, now, phones } = scene;
  const at = (hoursAgo: number): Date => new Date(now.getTime() - hoursAgo * HOUR_MS);
  const row = await rowsOf(sql, scene.terminalId);
  const [credited, refunded, awaited] = [
    row(at(5), { receipt: '4411', sum: '2840.00', i: '51207', lines: 'fuel:2590.00|food:250.00' }),
    row(at(4.5), { receipt: '4419', sum: '699.00', i: '51215', lines: 'goods:699.00' }),
    row(at(1.5), { receipt: '4466', sum: '1975.40', i: '51262', lines: 'fuel:1975.40' }),
  ] as const;
  const refund = row(at(4), { receipt: '4424', sum: '699.00', i: '51220', n: '2', refunded: '4419' });
  const others = [4, 3.5, 3].map((hoursAgo, index) =>
    row(at(hoursAgo), { receipt: String(4430 + index), sum: `${1200 + index * 315}.50`, i: String(51_226 + index) }),
  );
  const [manager] = await sql.query<{ id: string }>(`select id from staff where role = 'manager' limit 1`);
  const actor: Actor = manager ? { kind: 'staff', id: manager.id } : { kind: 'system' };
  const claim = async (hoursAgo: number, phone: string, receipt: Row): Promise<void> => {
    clock.moveTo(at(hoursAgo));
    const [customer] = await sql.query<{ id: string }>('select id from login where phone = $1', [phone]);
    await claims.claim(customer!.id, parseFiscalQr(qrOf(receipt))!);
  };
  await claim(4.8, phones[0], credited);
  await claim(4.3, phones[1], refunded);
  clock.moveTo(at(2));
  const file = [
    COLUMNS.join(','),
    ...[credited, refunded, refund, ...others].map((it) => COLUMNS.map((name) => it[name])),
  ];
  const upload = await uploads.check('чеки-утро.csv', new TextEncoder().encode(file.join('\n')), actor);
  await uploads.importChecked(upload, actor);
  await settleUpload(upload);
  await claim(1, phones[2], awaited);
  clock.moveTo(now);
}

/** Rows of a file from this till, on its station's clock. */
async function rowsOf(sql: Sql, terminalId: string): Promise<(at: Date, changes: Partial<Row>) => Row> {
  const [till] = await sql.query<{ number: number; name: string; zone: string }>(
    'select s.number, t.name, s.time_zone as zone from terminal t join station s on s.id = t.station_id where t.id = $1',
    [terminalId],
  );
  const { number, name, zone } = till!;
  return (at, changes) => ({
    ...{ station: String(number), terminal: name, receipt: '', refunded: '', lines: '', sum: '', i: '' },
    time: DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss"),
    ...{ fn: STORAGE, fp: `27${changes.i}604`, n: '1' },
    ...changes,
  });
}

function qrOf({ time, sum, fn, i, fp, n }: Row): string {
  return `t=${time.slice(0, 16).replace(/[-:]/g, '')}&s=${sum}&fn=${fn}&i=${i}&fp=${fp}&n=${n}`;
}
