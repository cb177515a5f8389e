import { DateTime } from 'luxon';
import type { ReceiptLine } from '../../loyalty/receipt.js';
import type { Receipt, Stage } from './plot.js';

/** Which station's till it happens at: not the first one, whose receipts stay ordinary. */
const STATION = 6;
const DAYS_AGO = 2;
const CASHIER = 'Васильев Д.';
/** Minutes after ten in the evening, and what strangers without a card paid, in kopecks. */
const RECEIPTS = [
  [4, 243_900n],
  [11, 180_000n],
  [19, 312_450n],
  [26, 99_000n],
  [38, 265_300n],
  [45, 194_700n],
] as const;

/** One evening a cashier held a card of their own against other people's receipts: what the watch for fraud finds. */
export function ownCardReceipts({ tills, seeds, now, zone }: Stage, number: string | undefined): Receipt[] {
  const till = tills.find(({ stationId }) => stationId === [...new Set(tills.map((one) => one.stationId))][STATION]);
  const fuel = seeds.goods.find(({ when }) => when === 'fuel');
  if (!till || !fuel || number === undefined) return [];
  const evening = DateTime.fromJSDate(now, { zone }).minus({ days: DAYS_AGO }).startOf('day').plus({ hours: 22 });
  return RECEIPTS.map(([minutes, sumKopecks]) => {
    const at = evening.plus({ minutes }).toJSDate();
    const line: ReceiptLine = { category: fuel.category, sumKopecks, sku: fuel.sku, name: fuel.name };
    const { terminalId, stationId } = till;
    return {
      at,
      call: {
        ...{ terminalId, stationId, card: { number }, receiptAt: at, lines: [line], redeem: 0n, cashier: CASHIER },
      },
    };
  });
}
