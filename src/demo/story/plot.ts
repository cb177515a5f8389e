import { DateTime } from 'luxon';
import type { PurchaseCall } from '../../loyalty/purchase.js';
import type { Chance } from './chance.js';
import type { CustomerSeed, Habits, Seeds } from './seeds.js';
import { ownCardReceipts } from './own-card.js';
import { type Basket, Shopping } from './shopping.js';

export interface Till {
  terminalId: string;
  stationId: string;
  traffic: number;
}

/** What happens at a till or in the cabinet besides purchases, in its time. */
export type Step = { at: Date; number: string } & (
  { kind: 'sale'; terminalId: string; cashier: string } | { kind: 'activation' | 'virtual'; customer: CustomerSeed }
);

export interface Plot {
  /** Both in order of time. */
  steps: Step[];
  purchases: PurchaseCall[];
  /** Numbers of cards that stay sold, and of those that customers have: first everybody's first card, then the others. */
  sold: string[];
  active: string[];
}

export interface Stage {
  seeds: Seeds;
  tills: readonly Till[];
  /** Gives out a printed plastic card. */
  takePlastic: () => string;
  drawVirtual: () => string;
  now: Date;
  zone: string;
}

/** A purchase before its till has numbered it. */
export interface Receipt {
  call: Omit<PurchaseCall, 'receiptNumber'>;
  at: Date;
}

interface CardInHand {
  number: string;
  since: Date;
}

const DAY_MS = 86_400_000;
const CASHIERS = ['Смирнова Е.', 'Петров А.', 'Иванова Н.', 'Егорова Т.', 'Васильев Д.', 'Осипова М.'];
/** One who has plastic gets the card in the phone later, and second cards for the family later still. */
const NEXT_CARD_AFTER_DAYS = 60;
const FAVOURITES = 2;

/** Who got which card when, and what they bought since. */
export class Plotting {
  private readonly steps: Step[] = [];
  private readonly receipts: Receipt[] = [];
  private readonly sold: string[] = [];
  private readonly firstCards: string[] = [];
  private readonly laterCards: string[] = [];
  private readonly shopping: Shopping;

  constructor(
    private readonly stage: Stage,
    private readonly chance: Chance,
  ) {
    this.shopping = new Shopping(stage.seeds.goods, chance);
  }

  write(): Plot {
    const { customers, soldCards } = this.stage.seeds;
    for (const customer of customers) this.live(customer);
    for (const { soldDaysAgo, ...habits } of soldCards) {
      const card = this.buyCard(this.daysAgo(soldDaysAgo));
      this.sold.push(card.number);
      this.shop(habits, [card]);
    }
    this.receipts.push(...ownCardReceipts(this.stage, this.sold.at(-1)));
    this.steps.sort((a, b) => a.at.getTime() - b.at.getTime());
    return {
      steps: this.steps,
      purchases: this.numberReceipts(),
      sold: this.sold,
      active: [...this.firstCards, ...this.laterCards],
    };
  }

  private live(customer: CustomerSeed): void {
    const joinedAt = this.daysAgo(customer.joinedDaysAgo);
    const cards = customer.cards.map((kind, index) => {
      const at = new Date(joinedAt.getTime() + index * NEXT_CARD_AFTER_DAYS * DAY_MS);
      const card =
        kind === 'plastic' ? this.buyCard(this.boughtBefore(at)) : { number: this.stage.drawVirtual(), since: at };
      this.steps.push({ kind: kind === 'plastic' ? 'activation' : 'virtual', at, customer, number: card.number });
      (index === 0 ? this.firstCards : this.laterCards).push(card.number);
      return card;
    });
    this.shop(customer, cards);
  }

  private buyCard(at: Date): CardInHand {
    const number = this.stage.takePlastic();
    const { terminalId } = this.chance.pick(this.stage.tills, ({ traffic }) => traffic);
    this.steps.push({ kind: 'sale', at, number, terminalId, cashier: this.chance.pick(CASHIERS) });
    return { number, since: at };
  }

  private shop(habits: Habits, cards: readonly [CardInHand, ...CardInHand[]] | CardInHand[]): void {
    const { now: until, zone, tills } = this.stage;
    const near = Array.from({ length: FAVOURITES }, () => this.chance.pick(tills, ({ traffic }) => traffic));
    for (const basket of this.shopping.basketsOf(habits, { from: cards[0].since, until, zone })) {
      const till = this.chance.happens(0.8) ? this.chance.pick(near) : this.chance.pick(tills);
      const card = this.chance.pick(cards.filter(({ since }) => since < basket.at));
      this.receipts.push(this.receipt(basket, card.number, till));
    }
  }

  private receipt({ at, lines, redeem }: Basket, number: string, { terminalId, stationId }: Till) {
    const cashier = this.chance.pick(CASHIERS);
    return { at, call: { terminalId, stationId, card: { number }, receiptAt: at, lines, redeem, cashier } };
  }

  /** Every till counts its receipts for itself. */
  private numberReceipts(): PurchaseCall[] {
    const counts = new Map<string, number>();
    return this.receipts
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .map(({ call }) => {
        const count = (counts.get(call.terminalId) ?? 1000) + this.chance.between(1, 40);
        counts.set(call.terminalId, count);
        return { ...call, receiptNumber: String(count) };
      });
  }

  /** By day, so many days back. */
  private daysAgo(days: number): Date {
    const { now, zone } = this.stage;
    const [hour, minute, second] = [this.chance.between(8, 20), this.chance.between(0, 59), this.chance.between(0, 59)];
    return DateTime.fromJSDate(now, { zone }).minus({ days }).set({ hour, minute, second }).toJSDate();
  }

  /** Some activate the day they bought the card, others a week or two later, with points on it already. */
  private boughtBefore(activatedAt: Date): Date {
    return new Date(
      activatedAt.getTime() - DAY_MS * this.chance.between(1, 4) ** 2 + this.chance.between(0, 90) * 60_000,
    );
  }
}
