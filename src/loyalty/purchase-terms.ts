import { DateTime } from 'luxon';
import { CardBlocked, CardNotFound } from '../cards/cards.errors.js';
import type { RegisteredCard } from '../cards/card-register.service.js';
import type { Config, Programme } from '../infra/config/config.js';
import { DomainError } from '../shared/domain-error.js';
import { baseRule, type EarningRule } from './earning-rule.js';
import { type PricedReceipt, priceReceipt, redeemable, redeemLimit } from './pricing.js';
import type { PurchaseCall } from './purchase.js';
import { spendableBy } from './spending/spending-policy.js';

/** What a purchase is judged by. */
export interface Terms {
  programme: Programme;
  timeZone: string;
  base: EarningRule;
  /** What this purchase earns by besides the base rule. */
  promotions?: readonly EarningRule[];
}

/** The programme's own, before promotions. */
export function termsOf({ programme, timeZone }: Pick<Config, 'programme' | 'timeZone'>): Terms {
  return { programme, timeZone, base: baseRule(programme) };
}

/** A card that may take part in a purchase: sold or active, so it has an account. */
export type LiveCard = RegisteredCard & { accountId: string };

export function knownCard(card: RegisteredCard | undefined): RegisteredCard {
  if (card === undefined) {
    throw new CardNotFound();
  }
  return card;
}

/** Does the card's state allow a purchase at all? */
export function liveCard(card: RegisteredCard): LiveCard {
  switch (card.state) {
    case 'printed':
    case 'at_station':
      throw new DomainError('card_not_sold', 'conflict');
    case 'blocked':
    case 'replaced':
      throw new CardBlocked();
    case 'sold':
    case 'active':
      return card as LiveCard;
  }
}

/**
 * Judges and prices a purchase; refusals come in the order state, limit, balance, proof (contracts, Purchases). Its
 * own earnings never count towards what it spends. `max` is never refused: where nothing may be spent it is nothing.
 */
export function judgePurchase(
  call: PurchaseCall,
  card: LiveCard,
  availableHundredths: bigint,
  occurredAt: Date,
  terms: Terms,
): PricedReceipt {
  const wanted = mayRedeem(call, card) ? call.redeem : 0n;
  const limit = redeemLimit(call.lines, terms.programme.redeemSharePercent);
  const affordable = redeemable(wanted, limit, availableHundredths);
  const redeemed = spendableBy(call, card.customerId, affordable, terms.programme.redeemStaticUpToHundredths);
  return priceFor(call, card, redeemed, occurredAt, terms);
}

/** What a held purchase comes to in the end: no more is spent than was held, nor than the final lines allow. */
export function judgeConfirmed(
  call: Sale,
  card: LiveCard,
  heldHundredths: bigint,
  occurredAt: Date,
  terms: Terms,
): PricedReceipt {
  const limit = redeemLimit(call.lines, terms.programme.redeemSharePercent);
  return priceFor(call, card, heldHundredths < limit ? heldHundredths : limit, occurredAt, terms);
}

type Sale = Pick<PurchaseCall, 'lines' | 'stationId'>;

function priceFor(
  { lines, stationId }: Sale,
  card: LiveCard,
  redeemedHundredths: bigint,
  occurredAt: Date,
  terms: Terms,
): PricedReceipt {
  const facts = { occurredAt, stationId, customerId: card.customerId };
  return priceReceipt(lines, redeemedHundredths, rulesFor(card, occurredAt, terms), facts);
}

/** A card earns before its activation and spends after it. */
function mayRedeem({ redeem }: PurchaseCall, card: LiveCard): boolean {
  if (card.state === 'active') {
    return true;
  }
  if (redeem === 'max' || redeem === 0n) {
    return false;
  }
  throw new DomainError('card_not_active', 'conflict');
}

/** A card earns from the day on which it was sold or created (product L7), by the programme's calendar. */
function rulesFor({ soldAt }: LiveCard, occurredAt: Date, terms: Terms): EarningRule[] {
  const { base, timeZone, promotions = [] } = terms;
  const earns = soldAt === null || occurredAt >= soldAt || onOneDay(occurredAt, soldAt, timeZone);
  return earns ? [base, ...promotions] : [];
}

function onOneDay(one: Date, other: Date, timeZone: string): boolean {
  const day = DateTime.fromJSDate(other, { zone: timeZone });
  return DateTime.fromJSDate(one, { zone: timeZone }).hasSame(day, 'day');
}
