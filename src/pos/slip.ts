import { DateTime } from 'luxon';
import type { RegisteredRefund } from '../loyalty/after-sale/refunds.service.js';
import type { PointsBalance, Purchase } from '../loyalty/purchase.js';
import { Remembered } from '../shared/remembered.js';

const WIDTH = 32;
const dates = new Remembered<string>();

/** What the till prints under the receipt (product L11): ready lines of at most 32 characters. */
export function slipLines({ card, priced, balance, state }: Purchase, timeZone: string): string[] {
  const { redeemedHundredths: spent, earnedHundredths: earned } = priced;
  const [spentName, earnedName] = POINTS[state];
  return [
    cardRow(card),
    ...(state === 'cancelled' ? ['Покупка отменена'] : []),
    ...(state === 'released' ? ['Время покупки вышло'] : []),
    ...(spent > 0n ? [row(spentName, amount(spent))] : []),
    ...(state === 'cancelled' || state === 'released' ? [] : [row(earnedName, amount(earned))]),
    ...balanceRows(balance, timeZone),
    ...(card.state === 'sold' ? ['Активируйте карту на сайте,', 'чтобы тратить баллы'] : []),
  ];
}

/** The same under the receipt of a refund. */
export function refundSlipLines(refund: RegisteredRefund, timeZone: string): string[] {
  const { card, sumKopecks, returnedHundredths: returned, takenBackHundredths: takenBack, balance } = refund;
  return [
    cardRow(card),
    row('Возврат', amount(sumKopecks)),
    ...(returned > 0n ? [row('Возвращено баллов', amount(returned))] : []),
    ...(takenBack > 0n ? [row('Снято баллов', amount(takenBack))] : []),
    ...balanceRows(balance, timeZone),
  ];
}

/** How spent and earned points are called. */
const POINTS: Record<Purchase['state'], [spent: string, earned: string]> = {
  quoted: ['Можно списать', 'Будет начислено'],
  held: ['Удержано баллов', 'Будет начислено'],
  confirmed: ['Списано баллов', 'Начислено баллов'],
  cancelled: ['Списано баллов', 'Начислено баллов'],
  released: ['Списано баллов', 'Начислено баллов'],
};

function cardRow({ number }: { number: string }): string {
  return row('Карта', `*${number.slice(-5)}`);
}

function balanceRows({ availableHundredths, expiring: [next] }: PointsBalance, timeZone: string): string[] {
  return [
    row('Баланс', amount(availableHundredths)),
    ...(next ? [row(`Сгорят ${dateOf(next.at, timeZone)}`, amount(next.pointsHundredths))] : []),
  ];
}

function row(name: string, value: string): string {
  return name + value.padStart(WIDTH - name.length);
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
