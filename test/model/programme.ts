/**
 * The loyalty programme once more, written for reading alone and knowing nothing of the product's code: plain numbers,
 * arrays of lots, Moscow as UTC+3. Sums in kopecks, points in hundredths, moments in milliseconds.
 */

import {
  type Category,
  dayOf,
  earnedBy,
  type Given,
  type ModelPromotion,
  share,
  total,
  type Use,
  usesOf,
} from './promotions.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOSCOW = 3 * HOUR;

const QUARTER = HOUR / 4;

export interface Lot {
  left: number;
  burnsAt: number;
  earnedAt: number;
  /** Which purchase earned it. */
  purchase: number;
}

export interface Account {
  id: string;
  lots: Lot[];
  /** What refunds took beyond what was there; then there are no lots. */
  debt: number;
  holds: Hold[];
  /** What promotions gave, for their caps. */
  uses: Use[];
}

export interface Hold {
  purchase: number;
  amount: number;
  lots: Lot[];
  dueAt: number;
}

/** A purchase that the programme took. */
export interface Bought {
  number: number;
  id: string;
  card: Card;
  till: number;
  state: 'held' | 'confirmed' | 'cancelled';
  occurredAt: number;
  lines: ModelLine[];
  outcome: Outcome;
  /** The parts of lots that paid for it, those that burn first at the front. */
  spent: Lot[];
  refunds: ({ byLines: boolean } & Refund)[];
  /** Thousandths of each line that went back. */
  gone: number[];
}

export interface Refund {
  sum: number;
  returned: number;
  takenBack: number;
}

/** Money, or parts of lines in thousandths. */
export type Wish = { sum: number } | { index: number; quantity: number };

export function newAccount(id: string): Account {
  return { id, lots: [], debt: 0, holds: [], uses: [] };
}

export interface Card {
  number: string;
  kind: 'plastic' | 'virtual';
  state: 'printed' | 'sold' | 'active' | 'blocked' | 'replaced';
  account: Account | null;
  soldAt: number;
  activatedAt: number;
  customer: Customer | null;
  /** The number that this one stands for since, and so on: their history is its history. */
  former: Card | null;
}

export interface Customer {
  id: string;
  phone: string;
  account: Account;
}

export interface ModelLine {
  category: Category;
  sum: number;
}

export interface ModelPurchase {
  card: Card;
  byPhone: boolean;
  at: number;
  lines: ModelLine[];
  redeem: number | 'max';
  hold: boolean;
  till: number;
}

/** What the programme goes by besides cards and accounts. */
export interface Rules {
  promotions: ModelPromotion[];
  bought: Bought[];
}

export interface Outcome {
  redeemed: number;
  earned: number;
  discounts: number[];
  earnings: number[];
  rules: Given[][];
}

/** What the programme says to a purchase; on a yes the points have moved. */
export function purchase(order: ModelPurchase, rules: Rules, now: number): Bought | string {
  const { card, lines, redeem, till } = order;
  const number = rules.bought.length;
  if (card.state === 'printed') return 'card_not_sold';
  if (card.state === 'blocked' || card.state === 'replaced') return 'card_blocked';
  const account = card.account!;
  settle(account, now);
  const limit = total(free(lines));
  const mayRedeem = card.state === 'active' && !order.byPhone;
  if (card.state !== 'active' && redeem !== 'max' && redeem > 0) return 'card_not_active';
  if (redeem !== 'max' && redeem > limit) return 'redeem_exceeds_limit';
  if (redeem !== 'max' && redeem > Math.max(0, balance(account))) return 'insufficient_points';
  if (!mayRedeem && redeem !== 'max' && redeem > 0) return 'proof_required';
  const most = mayRedeem ? Math.max(0, Math.min(limit, balance(account))) : 0;
  const redeemed = redeem === 'max' ? most : redeem;

  const occurredAt = Math.min(order.at, now);
  const outcome = outcomeOf({ lines, card, occurredAt, till }, redeemed, rules);
  const spent = take(account.lots, redeemed);
  const sale = { number, id: '', card, till, occurredAt, lines };
  const bought = { ...sale, outcome, spent, refunds: [], gone: lines.map(() => 0) };
  if (order.hold) {
    account.holds.push({ purchase: number, amount: redeemed, lots: spent, dueAt: now + QUARTER });
    return { ...bought, state: 'held' };
  }
  earn({ ...bought, state: 'confirmed' });
  return { ...bought, state: 'confirmed' };
}

/** What becomes of a held purchase in the end. */
export function confirm(bought: Bought, lines: ModelLine[] | null, rules: Rules, now: number): string | null {
  const hold = openHold(bought, now);
  if (!hold) return 'purchase_not_held';
  const account = bought.card.account!;
  bought.lines = lines ?? bought.lines;
  bought.gone = bought.lines.map(() => 0);
  const redeemed = Math.min(hold.amount, total(free(bought.lines)));
  bought.outcome = outcomeOf(bought, redeemed, rules);
  bought.spent = take(hold.lots, redeemed);
  release(account, hold, now);
  earn(bought);
  bought.state = 'confirmed';
  return null;
}

export function cancel(bought: Bought, now: number): string | null {
  const hold = openHold(bought, now);
  if (!hold) return 'purchase_not_held';
  release(bought.card.account!, hold, now);
  bought.state = 'cancelled';
  return null;
}

export function refund(bought: Bought, wish: Wish, now: number): Refund | string {
  const account = bought.card.account!;
  settle(account, now);
  const { lines, outcome, refunds, gone } = bought;
  const byLines = 'index' in wish;
  if (bought.state !== 'confirmed') return 'purchase_not_confirmed';
  if (refunds.some((each) => each.byLines !== byLines)) return 'refund_kind_mixed';
  const before = {
    sum: total(refunds.map(({ sum }) => sum)),
    returned: total(refunds.map(({ returned }) => returned)),
    takenBack: total(refunds.map(({ takenBack }) => takenBack)),
  };
  let made: Refund;
  if ('index' in wish) {
    const { index, quantity } = wish;
    const [old, then] = [gone[index]!, gone[index]! + quantity];
    if (then > 1000) return 'refund_exceeds_purchase';
    gone[index] = then;
    const part = (whole: number): number => Math.floor((whole * then) / 1000) - Math.floor((whole * old) / 1000);
    const discount = outcome.discounts[index]!;
    made = {
      ...{ sum: part(lines[index]!.sum - discount), returned: part(discount) },
      takenBack: part(outcome.earnings[index]!),
    };
    makeRoom(bought, outcome.rules[index]!, part);
  } else {
    const toPay = total(lines.map(({ sum }) => sum)) - outcome.redeemed;
    const then = before.sum + wish.sum;
    if (then > toPay) return 'refund_exceeds_purchase';
    const share = (whole: number): number => Number((BigInt(whole) * BigInt(then)) / BigInt(toPay));
    made = {
      ...{ sum: wish.sum, returned: share(outcome.redeemed) - before.returned },
      takenBack: share(outcome.earned) - before.takenBack,
    };
    const earlier = (whole: number): number => Number((BigInt(whole) * BigInt(before.sum)) / BigInt(toPay));
    makeRoom(bought, inAll(outcome.rules.flat()), (points) => share(points) - earlier(points));
  }
  refunds.push({ byLines, ...made });
  giveBack(bought, before.returned, made.returned, now);
  takeBack(bought, made.takenBack);
  return made;
}

/** What a rule's points lose gives room back under its caps, on the purchase's own day. */
function makeRoom({ card, occurredAt }: Bought, given: Given[], lost: (points: number) => number): void {
  card.account!.uses.push(...usesOf([given], occurredAt).map((use) => ({ ...use, points: -lost(use.points) })));
}

/** What each rule gave on all lines together. */
function inAll(given: Given[]): Given[] {
  const codes = [...new Set(given.map(({ code }) => code))];
  return codes.map((code) => ({
    code,
    points: total(given.filter((one) => one.code === code).map((one) => one.points)),
  }));
}

/** To the lots they came from; those that burnt live for 30 days more. */
function giveBack({ card, spent }: Bought, skipped: number, amount: number, now: number): void {
  const copies = spent.map((lot) => ({ ...lot }));
  take(copies, skipped);
  const grace = (Math.floor((now + MOSCOW) / DAY) + 31) * DAY - MOSCOW;
  const back = take(copies, amount).map((lot) => ({ ...lot, burnsAt: lot.burnsAt <= now ? grace : lot.burnsAt }));
  receive(card.account!, back);
}

function takeBack({ card, number }: Bought, amount: number): void {
  const account = card.account!;
  const own = account.lots.filter((lot) => lot.purchase === number);
  const left = amount - total(take(own, amount).map((lot) => lot.left));
  account.debt += left - total(take(account.lots, left).map((lot) => lot.left));
}

function earn({ card, outcome, occurredAt, number }: Bought): void {
  if (outcome.earned === 0) return;
  card.account!.uses.push(...usesOf(outcome.rules, occurredAt));
  const lot = { left: outcome.earned, burnsAt: burnsAt(occurredAt), earnedAt: occurredAt, purchase: number };
  receive(card.account!, [lot]);
}

type Sale = Pick<Bought, 'lines' | 'card' | 'occurredAt' | 'till'>;

function outcomeOf({ lines, card, occurredAt, till }: Sale, redeemed: number, { promotions, bought }: Rules): Outcome {
  const discounts = share(redeemed, free(lines));
  const paid = free(lines).map((sum, index) => sum - discounts[index]!);
  const { uses } = card.account!;
  const newcomer = !bought.some((each) => each.state === 'confirmed' && each.card.account === card.account);
  const earns = dayOf(occurredAt) >= dayOf(card.soldAt);
  const rules = earns
    ? earnedBy(lines, paid, { at: occurredAt, till, newcomer, uses }, promotions)
    : lines.map((): Given[] => []);
  const earnings = rules.map((given) => total(given.map(({ points }) => points)));
  return { redeemed, earned: total(earnings), discounts, earnings, rules };
}

export function openHold({ state, card, number }: Bought, now: number): Hold | undefined {
  settle(card.account!, now);
  return state === 'held' ? card.account!.holds.find((hold) => hold.purchase === number) : undefined;
}

export function activate(card: Card, customer: Customer, now: number): void {
  moveAll(card.account!, customer.account, now);
  Object.assign(card, { state: 'active', activatedAt: now });
  for (let each: Card | null = card; each; each = each.former) {
    Object.assign(each, { account: customer.account, customer });
  }
}

/** What a till or the cabinet is told of a card that is to be stopped. */
export function block(card: Card): string | null {
  if (card.state === 'printed') return 'card_not_sold';
  if (card.state === 'replaced') return 'card_replaced';
  card.state = 'blocked';
  return null;
}

export function unblock(card: Card): string | null {
  if (card.state === 'printed') return 'card_not_sold';
  if (card.state === 'replaced') return 'card_replaced';
  if (card.state === 'blocked') card.state = card.customer ? 'active' : 'sold';
  return null;
}

/** Plastic for plastic: a block ends with the old number. */
export function replace(old: Card, next: Card, now: number): string | null {
  if (old.state === 'printed') return 'card_not_sold';
  if (old.kind !== 'plastic') return 'card_not_found';
  if (old.state === 'replaced') return 'card_replaced';
  const { account, customer } = old;
  old.state = 'replaced';
  Object.assign(next, {
    ...{ state: customer ? 'active' : 'sold', account, customer, former: old },
    ...{ soldAt: now, activatedAt: customer ? now : 0 },
  });
  return null;
}

/** Two customers who are one person: everything goes to the one who stays. */
export function merge(from: Customer, into: Customer, cards: Card[], now: number): void {
  moveAll(from.account, into.account, now);
  cards.forEach((card) => {
    if (card.customer === from) Object.assign(card, { account: into.account, customer: into });
  });
}

function moveAll(from: Account, to: Account, now: number): void {
  settle(from, now);
  settle(to, now);
  receive(to, from.lots);
  // A debt is paid by whoever takes it over.
  to.debt += from.debt - total(take(to.lots, from.debt).map((lot) => lot.left));
  to.holds.push(...from.holds);
  to.uses.push(...from.uses);
  Object.assign(from, { lots: [], debt: 0, holds: [], uses: [] });
}

/** Burns what is due and releases holds whose quarter of an hour is over. */
export function settle(account: Account, now: number): void {
  burn(account, now);
  const due = account.holds.filter((hold) => hold.dueAt <= now);
  due.sort((a, b) => a.dueAt - b.dueAt).forEach((hold) => release(account, hold, now));
}

function release(account: Account, hold: Hold, now: number): void {
  account.holds = account.holds.filter((each) => each !== hold);
  receive(account, hold.lots);
  burn(account, now);
}

/** A debt is filled first. */
function receive(account: Account, lots: Lot[]): void {
  const coming = lots.map((lot) => ({ ...lot }));
  account.debt -= total(
    take(coming, Math.min(account.debt, total(coming.map(({ left }) => left)))).map((lot) => lot.left),
  );
  account.lots.push(...coming.filter(({ left }) => left > 0));
}

function free(lines: ModelLine[]): number[] {
  return lines.map(({ category, sum }) => (category === 'tobacco' ? 0 : sum));
}

/** Whose card a till finds by a phone: the virtual one, else the one activated last. */
export function cardOf(customer: Customer, cards: Card[]): Card | undefined {
  const own = cards.filter((card) => card.customer === customer && card.state === 'active');
  own.sort((a, b) => b.activatedAt - a.activatedAt);
  return own.find(({ kind }) => kind === 'virtual') ?? own[0];
}

function burn(account: Account, now: number): void {
  account.lots = account.lots.filter((lot) => lot.burnsAt > now && lot.left > 0);
}

export function balance(account: Account): number {
  return total(account.lots.map(({ left }) => left)) - account.debt;
}

export function held(account: Account): number {
  return total(account.holds.map(({ amount }) => amount));
}

/** The next five days that burn. */
export function expiring(account: Account): { at: number; points: number }[] {
  const days = new Map<number, number>();
  for (const { burnsAt: at, left } of account.lots) days.set(at, (days.get(at) ?? 0) + left);
  const burning = [...days].filter(([, points]) => points > 0).sort(([a], [b]) => a - b);
  return burning.slice(0, 5).map(([at, points]) => ({ at, points }));
}

/** Spent through the same date of the next year (29 February: 28 February), burnt at the midnight after it. */
function burnsAt(earned: number): number {
  const date = new Date(earned + MOSCOW);
  const [year, month] = [date.getUTCFullYear() + 1, date.getUTCMonth()];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay) + 1) - MOSCOW;
}

/** Takes from what burns first, of that the older; answers which parts. */
function take(lots: Lot[], points: number): Lot[] {
  let left = points;
  const parts: Lot[] = [];
  for (const lot of lots.sort((a, b) => a.burnsAt - b.burnsAt || a.earnedAt - b.earnedAt)) {
    const part = Math.min(lot.left, left);
    lot.left -= part;
    left -= part;
    if (part > 0) parts.push({ ...lot, left: part });
  }
  return parts;
}
