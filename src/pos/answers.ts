import { DateTime } from 'luxon';
import type { RegisteredCard } from '../cards/card-register.service.js';
import type { PointsBalance, Purchase } from '../loyalty/purchase.js';
import { storedRule, type StoredRule } from '../loyalty/purchase.writes.js';
import { formatDecimal } from '../shared/decimal.js';
import { slipLines } from './slip.js';

/** Points as the API shows them: decimal strings; `available` may be negative. */
export interface BalanceAnswer {
  available: string;
  held: string;
  expiring: { points: string; at: string }[];
}

export interface PurchaseAnswer {
  id?: string;
  state: string;
  earned: string;
  redeemed: string;
  toPay: string;
  lines: { sum: string; discount: string; earned: string; rules: StoredRule[] }[];
  balance: BalanceAnswer;
  slip: string[];
}

export function balanceAnswer(balance: PointsBalance, timeZone: string): BalanceAnswer {
  return {
    available: formatDecimal(balance.availableHundredths),
    held: formatDecimal(balance.heldHundredths),
    expiring: balance.expiring.map(({ pointsHundredths, at }) => ({
      points: formatDecimal(pointsHundredths),
      at: DateTime.fromJSDate(at, { zone: timeZone }).toISO({ suppressMilliseconds: true })!,
    })),
  };
}

/** A registered purchase has its id, a quoted one has none. */
export function purchaseAnswer(purchase: Purchase, timeZone: string): PurchaseAnswer {
  const { id, state, priced, balance } = purchase;
  return {
    ...(state !== 'quoted' && { id }),
    state,
    earned: formatDecimal(priced.earnedHundredths),
    redeemed: formatDecimal(priced.redeemedHundredths),
    toPay: formatDecimal(priced.totalKopecks - priced.redeemedHundredths),
    lines: priced.lines.map((line) => ({
      sum: formatDecimal(line.sumKopecks),
      discount: formatDecimal(line.discountKopecks),
      earned: formatDecimal(line.earnedHundredths),
      rules: line.rules.map(storedRule),
    })),
    balance: balanceAnswer(balance, timeZone),
    slip: slipLines(purchase, timeZone),
  };
}

export interface CardAnswer {
  number: string;
  kind: RegisteredCard['kind'];
  state: RegisteredCard['state'];
  holder: string | null;
  canRedeem: boolean;
  balance: BalanceAnswer;
}

/** By phone one may earn only, so `canRedeem` needs the number itself. */
export function cardAnswer(card: RegisteredCard, byNumber: boolean, balance: PointsBalance, timeZone: string): CardAnswer {
  const { number, kind, state, holder } = card;
  const canRedeem = state === 'active' && byNumber;
  return { number, kind, state, holder, canRedeem, balance: balanceAnswer(balance, timeZone) };
}
