import { DateTime } from 'luxon';
import type { RegisteredCard } from '../cards/card-register.service.js';
import type { Refund, RefundAmounts } from '../loyalty/after-sale/refund.js';
import type { RegisteredRefund } from '../loyalty/after-sale/refunds.service.js';
import type { PointsBalance, Purchase } from '../loyalty/purchase.js';
import { storedRule } from '../loyalty/purchase.writes.js';
import { formatDecimal } from '../shared/decimal.js';
import { Remembered } from '../shared/remembered.js';
import type {
  BalanceAnswer,
  CardAnswer,
  PurchaseAnswer,
  RefundAnswer,
  RegisteredPurchaseAnswer,
} from './dto/answers.js';
import { refundSlipsOf, slipsOf } from './slip.js';

/** Points burn at midnight: a year has 365 such moments, and a till is told five with every purchase. */
const moments = new Remembered<string>();

export function balanceAnswer(balance: PointsBalance, timeZone: string): BalanceAnswer {
  return {
    available: formatDecimal(balance.availableHundredths),
    held: formatDecimal(balance.heldHundredths),
    expiring: balance.expiring.map(({ pointsHundredths, at }) => ({
      points: formatDecimal(pointsHundredths),
      at: moments.of(`${at.getTime()} ${timeZone}`, () => isoOf(at, timeZone)),
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
    ...slipsOf(purchase, timeZone),
  };
}

/** With what was given back of it. */
export function registeredAnswer(
  purchase: Purchase & { refunds: Refund[] },
  timeZone: string,
): RegisteredPurchaseAnswer {
  const refunds = purchase.refunds.map((refund) => ({
    ...{ id: refund.id, ...refundAmounts(refund), at: isoOf(refund.occurredAt, timeZone) },
  }));
  return { ...purchaseAnswer(purchase, timeZone), refunds };
}

export function refundAnswer(refund: RegisteredRefund, timeZone: string): RefundAnswer {
  return {
    ...{ id: refund.id, ...refundAmounts(refund) },
    balance: balanceAnswer(refund.balance, timeZone),
    ...refundSlipsOf(refund, timeZone),
  };
}

function refundAmounts(refund: RefundAmounts): Pick<RefundAnswer, 'sum' | 'returned' | 'takenBack'> {
  return {
    sum: formatDecimal(refund.sumKopecks),
    returned: formatDecimal(refund.returnedHundredths),
    takenBack: formatDecimal(refund.takenBackHundredths),
  };
}

export function cardAnswer(
  card: RegisteredCard,
  canRedeem: boolean,
  balance: PointsBalance,
  timeZone: string,
): CardAnswer {
  const { number, kind, state, holder } = card;
  return { number, kind, state, holder, canRedeem, balance: balanceAnswer(balance, timeZone) };
}

function isoOf(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: timeZone }).toISO({ suppressMilliseconds: true })!;
}
