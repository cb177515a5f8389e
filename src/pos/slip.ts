import { DateTime } from 'luxon';
import type { Purchase } from '../loyalty/purchase.js';
import { Remembered } from '../shared/remembered.js';

const WIDTH = 32;
const dates = new Remembered<string>();

/** What the till prints under the receipt (product L11): ready lines of at most 32 characters. */
export function slipLines({ card, priced, balance, state }: Purchase, timeZone: string): string[] {
  const { redeemedHundredths: spent, earnedHundredths: earned } = priced;
  const [next] = balance.expiring;
  return [
    row('Карта', `*${card.number.slice(-5)}`),
    ...(spent > 0n ? [row(state === 'quoted' ? 'Можно списать' : 'Списано баллов', amount(spent))] : []),
    row(state === 'quoted' ? 'Будет начислено' : 'Начислено баллов', amount(earned)),
    row('Баланс', amount(balance.availableHundredths)),
    ...(next ? [row(`Сгорят ${dateOf(next.at, timeZone)}`, amount(next.pointsHundredths))] : []),
    ...(card.state === 'sold' ? ['Активируйте карту на сайте,', 'чтобы тратить баллы'] : []),
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
