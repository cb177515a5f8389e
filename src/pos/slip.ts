import { DateTime } from 'luxon';
import type { RegisteredRefund } from '../loyalty/after-sale/refunds.service.js';
import type { PointsBalance, Purchase } from '../loyalty/purchase.js';
import { lastUsableMoment } from '../shared/last-usable-moment.js';
import { Remembered } from '../shared/remembered.js';

/** A line of text, or a name on the left and an amount on the right. */
type Row = string | readonly [name: string, amount: string];

/** Ready lines for the two widths of paper that tills have. */
export interface Slips {
  /** At most 32 columns. */
  slip: string[];
  /** At most 48 columns. */
  slip48: string[];
}

const dates = new Remembered<string>();

/** What the till prints under the receipt (product L11). */
export function slipsOf({ card, priced, balance, state }: Purchase, timeZone: string): Slips {
  const { redeemedHundredths: spent, earnedHundredths: earned } = priced;
  const [spentName, earnedName] = POINTS[state];
  return slips([
    cardRow(card),
    ...(state === 'cancelled' ? ['Покупка отменена'] : []),
    ...(state === 'released' ? ['Время покупки вышло'] : []),
    ...(spent > 0n ? [[spentName, amount(spent)] as const] : []),
    ...(state === 'cancelled' || state === 'released' ? [] : [[earnedName, amount(earned)] as const]),
    ...balanceRows(balance, timeZone),
    ...(card.state === 'sold' ? ['Активируйте карту на сайте,', 'чтобы тратить баллы'] : []),
  ]);
}

/** The same under the receipt of a refund. */
export function refundSlipsOf(refund: RegisteredRefund, timeZone: string): Slips {
  const { card, sumKopecks, returnedHundredths: returned, takenBackHundredths: takenBack, balance } = refund;
  return slips([
    cardRow(card),
    ['Возврат', amount(sumKopecks)],
    ...(returned > 0n ? [['Возвращено баллов', amount(returned)] as const] : []),
    ...(takenBack > 0n ? [['Снято баллов', amount(takenBack)] as const] : []),
    ...balanceRows(balance, timeZone),
  ]);
}

/** How spent and earned points are called. */
const POINTS: Record<Purchase['state'], [spent: string, earned: string]> = {
  quoted: ['Можно списать', 'Будет начислено'],
  held: ['Удержано баллов', 'Будет начислено'],
  confirmed: ['Списано баллов', 'Начислено баллов'],
  cancelled: ['Списано баллов', 'Начислено баллов'],
  released: ['Списано баллов', 'Начислено баллов'],
};

function cardRow({ number }: { number: string }): Row {
  return ['Карта', `*${number.slice(-5)}`];
}

function balanceRows({ availableHundredths, expiring: [next] }: PointsBalance, timeZone: string): Row[] {
  return [
    ['Баланс', amount(availableHundredths)],
    ...(next
      ? [[`Сгорят после ${dateOf(lastUsableMoment(next.at), timeZone)}`, amount(next.pointsHundredths)] as const]
      : []),
  ];
}

function slips(rows: readonly Row[]): Slips {
  return { slip: printed(rows, 32), slip48: printed(rows, 48) };
}

function printed(rows: readonly Row[], columns: number): string[] {
  return rows.flatMap((row) => {
    if (typeof row === 'string') return row;
    const [name, amount] = row;
    const fits = name.length + 1 + amount.length <= columns;
    return fits ? name + amount.padStart(columns - name.length) : [name, amount.padStart(columns)];
  });
}

/** `1 284,50` with an ordinary space: printers know no thin ones. */
function amount(hundredths: bigint): string {
  const absolute = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0');
  const whole = absolute.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ' ');
  return `${hundredths < 0n ? '-' : ''}${whole},${absolute.slice(-2)}`;
}

function dateOf(at: Date, timeZone: string): string {
  return dates.of(`${at.getTime()} ${timeZone}`, () =>
    DateTime.fromJSDate(at, { zone: timeZone }).toFormat('dd.MM.yyyy'),
  );
}
