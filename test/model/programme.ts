/**
 * The loyalty programme once more, written for reading alone and knowing nothing of the product's code: plain numbers,
 * arrays of lots, Moscow as UTC+3. Sums in kopecks, points in hundredths, moments in milliseconds.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOSCOW = 3 * HOUR;

export interface Lot {
  left: number;
  burnsAt: number;
}

export interface Account {
  id: string;
  lots: Lot[];
}

export interface Card {
  number: string;
  kind: 'plastic' | 'virtual';
  state: 'printed' | 'sold' | 'active' | 'replaced';
  account: Account | null;
  soldAt: number;
  activatedAt: number;
  customer: Customer | null;
}

export interface Customer {
  id: string;
  phone: string;
  account: Account;
}

export interface ModelLine {
  category: 'fuel' | 'goods' | 'food' | 'services' | 'tobacco';
  sum: number;
}

export interface ModelPurchase {
  card: Card;
  byPhone: boolean;
  at: number;
  lines: ModelLine[];
  redeem: number | 'max';
}

export interface Outcome {
  redeemed: number;
  earned: number;
  discounts: number[];
  earnings: number[];
}

/** What the programme says to a purchase; on a yes the points have moved. */
export function purchase(order: ModelPurchase, now: number): Outcome | string {
  const { card, lines, redeem } = order;
  if (card.state === 'printed') return 'card_not_sold';
  if (card.state === 'replaced') return 'card_blocked';
  const account = card.account!;
  burn(account, now);
  const free = lines.map(({ category, sum }) => (category === 'tobacco' ? 0 : sum));
  const limit = total(free);
  const mayRedeem = card.state === 'active' && !order.byPhone;
  if (!mayRedeem && redeem !== 'max' && redeem > 0) {
    return card.state === 'active' ? 'proof_required' : 'card_not_active';
  }
  if (redeem !== 'max' && redeem > limit) return 'redeem_exceeds_limit';
  if (redeem !== 'max' && redeem > balance(account)) return 'insufficient_points';
  const most = mayRedeem ? Math.min(limit, balance(account)) : 0;
  const redeemed = redeem === 'max' ? most : redeem;

  const discounts = share(redeemed, free);
  const paid = free.map((sum, index) => sum - discounts[index]!);
  const occurred = Math.min(order.at, now);
  const earned = dayOf(occurred) >= dayOf(card.soldAt) ? Math.floor(total(paid) / 100) : 0;
  take(account, redeemed);
  if (earned > 0) account.lots.push({ left: earned, burnsAt: burnsAt(occurred) });
  return { redeemed, earned, discounts, earnings: share(earned, paid) };
}

export function activate(card: Card, customer: Customer, now: number): void {
  burn(card.account!, now);
  burn(customer.account, now);
  customer.account.lots.push(...card.account!.lots);
  card.account!.lots = [];
  Object.assign(card, { state: 'active', account: customer.account, customer, activatedAt: now });
}

/** Whose card a till finds by a phone: the virtual one, else the one activated last. */
export function cardOf(customer: Customer, cards: Card[]): Card | undefined {
  const own = cards.filter((card) => card.customer === customer && card.state === 'active');
  return own.find(({ kind }) => kind === 'virtual') ?? own.sort((a, b) => b.activatedAt - a.activatedAt)[0];
}

export function burn(account: Account, now: number): void {
  account.lots = account.lots.filter((lot) => lot.burnsAt > now && lot.left > 0);
}

export function balance(account: Account): number {
  return account.lots.reduce((sum, lot) => sum + lot.left, 0);
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

function dayOf(moment: number): number {
  return Math.floor((moment + MOSCOW) / DAY);
}

function take(account: Account, points: number): void {
  let left = points;
  for (const lot of account.lots.sort((a, b) => a.burnsAt - b.burnsAt)) {
    const part = Math.min(lot.left, left);
    lot.left -= part;
    left -= part;
  }
}

/** Largest remainder, unit by unit: each unit goes to whoever lacks most of their fair part. */
function share(whole: number, weights: number[]): number[] {
  const sum = BigInt(total(weights));
  if (sum === 0n) return weights.map(() => 0);
  const fair = weights.map((weight) => BigInt(whole) * BigInt(weight));
  const parts = fair.map((exact) => exact / sum);
  for (let left = BigInt(whole) - parts.reduce((a, b) => a + b, 0n); left > 0n; left--) {
    let neediest = 0;
    fair.forEach((exact, index) => {
      if (exact - parts[index]! * sum > fair[neediest]! - parts[neediest]! * sum) neediest = index;
    });
    parts[neediest]! += 1n;
  }
  return parts.map(Number);
}

function total(amounts: number[]): number {
  return amounts.reduce((a, b) => a + b, 0);
}
