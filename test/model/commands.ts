import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Response } from 'supertest';
import { CardBlocks } from '../../src/cards/blocks/card-blocks.service.js';
import { CardReplacements } from '../../src/cards/replacements/card-replacements.service.js';
import { HoldRelease } from '../../src/loyalty/after-sale/hold-release.service.js';
import { Expiry } from '../../src/loyalty/expiry.service.js';
import { VirtualCards } from '../../src/loyalty/activation/virtual-cards.service.js';
import { Database } from '../../src/infra/database/database.js';
import { Ledger } from '../../src/ledger/ledger.service.js';
import { CustomerMerging } from '../../src/loyalty/merging/merging.service.js';
import { PLAIN_TERMS, type PromotionTerms } from '../../src/loyalty/promotions/promotion-terms.js';
import { Promotions } from '../../src/loyalty/promotions/promotions.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import type { TestApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import * as programme from './programme.js';
import type { Bought, Card, Customer, ModelLine, ModelPurchase, Wish } from './programme.js';
import { become, dayOf, type ModelPromotion, type Says, stateAt } from './promotions.js';

/** What was sent and answered, to be sent again. */
interface PastCall {
  till: Pos;
  path: string;
  body: object;
  key: string;
  answer: Response;
}

export interface Model {
  now: number;
  cards: Card[];
  customers: Customer[];
  bought: Bought[];
  promotions: ModelPromotion[];
}

export interface Real {
  app: TestApp;
  tills: Pos[];
  stationIds: string[];
  printed: string[];
  past: PastCall[];
  /** How many steps there were, and how often each kind of them had an effect. */
  count: { commands: number; effects: Map<string, number> };
  /** Who merges. */
  staffId: string;
}

const BLANK: Omit<Card, 'number'> = {
  ...{ kind: 'plastic', state: 'printed', account: null, customer: null, former: null },
  ...{ soldAt: 0, activatedAt: 0 },
};

type Command = fc.AsyncCommand<Model, Real>;

/** What must have happened at least once in a long run. */
export const EFFECTS = [
  ...['card printed', 'card sold', 'card activated', 'card activated by a newcomer'],
  ...['virtual card issued', 'virtual card reissued', 'card blocked', 'card unblocked', 'card replaced'],
  ...['customers merged', 'customers merged with a hold', 'customers merged with a debt'],
  ...['quoted', 'bought', 'bought by phone', 'bought late', 'bought ahead of the clock', 'points spent'],
  ...['held', 'confirmed', 'confirmed with other lines', 'cancelled', 'refunded by sum', 'refunded by lines'],
  ...['refunded below zero', 'refunded a purchase of a card that stands no more'],
  ...['call repeated', 'key reused', 'receipt repeated', 'time passed', 'everything due settled'],
  ...['promotion published', 'promotion paused', 'promotion resumed', 'promotion ended'],
  ...['earned by a promotion', 'earned by two promotions'],
] as const;
export type Effect = (typeof EFFECTS)[number];

/** One step of both worlds; afterwards every balance of the run is compared. */
abstract class Step implements Command {
  /** The step did what it is for, rather than being refused. */
  protected happened({ count }: Real, what: Effect): void {
    count.effects.set(what, (count.effects.get(what) ?? 0) + 1);
  }

  check(model: Readonly<Model>): boolean {
    return model.cards.length > 0;
  }

  async run(model: Model, real: Real): Promise<void> {
    // A second passes, so that no two things happen at one moment.
    await this.pass(model, real, 1000);
    await this.step(model, real);
    await expectSameBalances(model, real);
    real.count.commands++;
  }

  protected async pass(model: Model, { app }: Real, milliseconds: number): Promise<void> {
    app.clock.shift({ milliseconds });
    model.now += milliseconds;
    expect(app.clock.now().getTime()).toBe(model.now);
  }

  protected abstract step(model: Model, real: Real): Promise<void>;
  abstract toString(): string;
}

class Print extends Step {
  override check(model: Readonly<Model>): boolean {
    return model.cards.length < 12;
  }

  protected async step(model: Model, real: Real): Promise<void> {
    model.cards.push({ ...BLANK, number: real.printed.pop()! });
    this.happened(real, 'card printed');
  }

  override toString(): string {
    return 'print';
  }
}

class Sell extends Step {
  constructor(
    private readonly card: number,
    private readonly till: number,
  ) {
    super();
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const printed = model.cards.filter(({ state }) => state === 'printed');
    const card = pick(printed.length > 0 && this.card % 6 > 0 ? printed : model.cards, this.card);
    const answer = await send(real, this.till, `/cards/${card.number}/sale`, {});
    if (card.state !== 'printed') {
      const code = ['blocked', 'replaced'].includes(card.state) ? 'card_blocked' : 'card_already_sold';
      return expect([answer.status, answer.body.code]).toEqual([409, code]);
    }
    expect([answer.status, answer.body]).toEqual([201, { number: card.number, state: 'sold', price: '100.00' }]);
    const [row] = await real.app.database.query<{ id: string }>('select account_id as id from card where number = $1', [
      card.number,
    ]);
    Object.assign(card, { state: 'sold', soldAt: model.now, account: programme.newAccount(row!.id) });
    this.happened(real, 'card sold');
  }

  override toString(): string {
    return `sell(${this.card})`;
  }
}

class Activate extends Step {
  constructor(
    private readonly card: number,
    private readonly customer: number,
    private readonly newcomer: boolean,
  ) {
    super();
  }

  override check(model: Readonly<Model>): boolean {
    return model.cards.some(({ state }) => state === 'sold');
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const { app } = real;
    const sold = model.cards.filter(({ state }) => state === 'sold');
    const card = pick(sold, this.card);
    const known = this.newcomer || model.customers.length === 0 ? undefined : pick(model.customers, this.customer);
    const { customerId, phone } = await app.world.activate(card.number, known?.phone);
    programme.activate(card, known ?? (await this.meet(model, app, customerId, phone)), model.now);
    expect(known?.id ?? customerId).toBe(customerId);
    this.happened(real, known ? 'card activated' : 'card activated by a newcomer');
  }

  private async meet(model: Model, app: TestApp, id: string, phone: string): Promise<Customer> {
    const [row] = await app.database.query<{ account: string }>(
      'select points_account_id as account from customer where id = $1',
      [id],
    );
    const customer = { id, phone, account: programme.newAccount(row!.account) };
    model.customers.push(customer);
    return customer;
  }

  override toString(): string {
    return `activate(${this.card}, ${this.newcomer ? 'newcomer' : this.customer})`;
  }
}

/** Issues the customer's virtual card, or with `again` another number in its place. */
class Virtual extends Step {
  constructor(
    private readonly customer: number,
    private readonly again: boolean,
  ) {
    super();
  }

  override check(model: Readonly<Model>): boolean {
    return model.customers.length > 0;
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const { app } = real;
    const customer = pick(model.customers, this.customer);
    const own = programme.cardOf(customer, model.cards);
    const old = own?.kind === 'virtual' ? own : undefined;
    const cards = app.get(VirtualCards);
    if (this.again && !old) {
      const never = '2990000000000';
      return expect(cards.reissue(customer.id, never)).rejects.toMatchObject({ code: 'card_not_found' });
    }
    const number = await (this.again ? cards.reissue(customer.id, old!.number) : cards.issueVirtualCard(customer.id));
    if (old && !this.again) return expect(number).toBe(old.number);
    this.happened(real, old ? 'virtual card reissued' : 'virtual card issued');
    if (old) old.state = 'replaced';
    const dates = { soldAt: model.now, activatedAt: model.now };
    model.cards.push({
      number,
      kind: 'virtual',
      state: 'active',
      account: customer.account,
      customer,
      former: null,
      ...dates,
    });
  }

  override toString(): string {
    return `virtual(${this.customer}${this.again ? ', again' : ''})`;
  }
}

/** Staff stop a card, let it work again, or give another number for it. */
class Care extends Step {
  constructor(
    private readonly card: number,
    private readonly how: 'block' | 'unblock' | 'replace',
  ) {
    super();
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const { app, printed } = real;
    const card = pick(model.cards, this.card);
    const { state } = card;
    const next: Card = { ...BLANK, number: this.how === 'replace' ? printed.pop()! : '' };
    const asked = app.get(Database).transaction(async (sql): Promise<void> => {
      const { number } = card;
      const blocks = app.get(CardBlocks);
      if (this.how === 'block') return blocks.block(sql, { number, actor: SYSTEM, reason: 'lost' });
      if (this.how === 'unblock') return blocks.unblock(sql, number, SYSTEM);
      const replacing = { old: number, next: next.number, actor: SYSTEM, reason: 'lost' } as const;
      return app.get(CardReplacements).replaceByPlastic(sql, replacing);
    });
    const refused = this.how === 'replace' ? programme.replace(card, next, model.now) : programme[this.how](card);
    if (refused) return expect(asked).rejects.toMatchObject({ code: refused });
    await asked;
    if (this.how === 'replace') model.cards.push(next);
    if (card.state !== state) this.happened(real, `card ${this.how}${this.how === 'replace' ? 'd' : 'ed'}` as Effect);
  }

  override toString(): string {
    return `${this.how}(${this.card})`;
  }
}

class Merge extends Step {
  constructor(
    private readonly from: number,
    private readonly into: number,
  ) {
    super();
  }

  override check(model: Readonly<Model>): boolean {
    return model.customers.length > 1;
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const { app, staffId } = real;
    model.customers.forEach(({ account }) => programme.settle(account, model.now));
    // Rather somebody with something open.
    const open = model.customers.filter(({ account: { debt, holds } }) => debt > 0 || holds.length > 0);
    const from = pick(open.length > 0 ? open : model.customers, this.from);
    const rest = model.customers.filter((customer) => customer !== from);
    const into = pick(rest, this.into);
    await app.get(CustomerMerging).merge({ fromId: from.id, intoId: into.id, staffId });
    const { holds, debt } = from.account;
    this.happened(real, 'customers merged');
    if (holds.length > 0) this.happened(real, 'customers merged with a hold');
    if (debt > 0) this.happened(real, 'customers merged with a debt');
    programme.merge(from, into, model.cards, model.now);
    model.customers = rest;
  }

  override toString(): string {
    return `merge(${this.from}, ${this.into})`;
  }
}

interface Buying {
  card: number;
  till: number;
  phone: boolean;
  lines: ModelLine[];
  /** `share`: hundredths of what the customer has, so that it is often nearly, just or not quite enough. */
  redeem: 'max' | 'nothing' | { share: number; more: number };
  agoMs: number;
  hold: boolean;
}

class Buy extends Step {
  constructor(
    private readonly buying: Buying,
    private readonly quoteOnly: boolean,
  ) {
    super();
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const order = this.order(model);
    const body = bodyOf(order);
    // The quote comes first and must foretell the purchase, whatever it is.
    const quote = await pick(real.tills, this.buying.till).post('/purchases/quote', body, { key: null });
    const before = structuredClone(order.card.account);
    const expected = programme.purchase(order, model, model.now);
    expectAnswer(quote, expected, 'quoted');
    if (this.quoteOnly) {
      if (typeof expected === 'object') this.happened(real, 'quoted');
      if (before) Object.assign(order.card.account!, before);
      return;
    }
    const answer = await send(real, this.buying.till, '/purchases', body);
    expectAnswer(answer, expected, order.hold ? 'held' : 'confirmed');
    // Only the station where it was bought knows it.
    if (typeof expected === 'string') return;
    model.bought.push({ ...expected, id: `${this.buying.till} ${answer.body.id}` });
    this.tell(real, order, expected);
  }

  private tell(real: Real, { byPhone, hold }: ModelPurchase, { outcome, card, occurredAt }: Bought): void {
    if (hold) return this.happened(real, 'held');
    this.happened(real, 'bought');
    if (byPhone && card.customer) this.happened(real, 'bought by phone');
    if (this.buying.agoMs > 0) this.happened(real, 'bought late');
    if (this.buying.agoMs < 0 && occurredAt > 0) this.happened(real, 'bought ahead of the clock');
    if (outcome.redeemed > 0) this.happened(real, 'points spent');
    const by = new Set(outcome.rules.flat().map(({ code }) => code));
    by.delete('base');
    if (by.size > 0) this.happened(real, 'earned by a promotion');
    if (by.size > 1) this.happened(real, 'earned by two promotions');
  }

  private order(model: Model): ModelPurchase {
    const { card: index, phone, lines, redeem, agoMs, hold } = this.buying;
    // Mostly a card that may buy, for refusals are quickly seen.
    const live = model.cards.filter(({ state }) => state === 'sold' || state === 'active');
    const picked = pick(live.length > 0 && index % 6 > 0 ? live : model.cards, index);
    // By phone only an active card is found.
    const found = phone && picked.customer ? programme.cardOf(picked.customer, model.cards) : undefined;
    const card = found ?? picked;
    const has = card.account ? programme.balance(card.account) : 0;
    const points = typeof redeem === 'object' ? Math.max(0, Math.floor((has * redeem.share) / 100) + redeem.more) : 0;
    return {
      ...{ card, byPhone: found !== undefined, at: model.now - agoMs, lines, hold },
      till: this.buying.till % 2,
      redeem: redeem === 'max' ? 'max' : points,
    };
  }

  override toString(): string {
    return `${this.quoteOnly ? 'quote' : 'buy'}(${JSON.stringify(this.buying)})`;
  }
}

/** A held purchase is confirmed, as it was or with other lines, or cancelled; any other refuses. */
class Close extends Step {
  constructor(
    private readonly purchase: number,
    private readonly how: 'confirm' | 'cancel' | ModelLine[],
  ) {
    super();
  }

  override check(model: Readonly<Model>): boolean {
    return model.bought.length > 0;
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const held = model.bought.filter((each) => programme.openHold(each, model.now));
    const bought = pick(held.length > 0 && this.purchase % 5 > 0 ? held : model.bought, this.purchase);
    const lines = typeof this.how === 'object' ? this.how : null;
    const [till, path] = tillAndPath(bought);
    const body = lines ? { lines: lines.map(({ category, sum }) => ({ category, sum: decimal(sum) })) } : {};
    const verb = this.how === 'cancel' ? 'cancel' : 'confirm';
    const answer = await send(real, till, `${path}/${verb}`, body);
    const refused =
      this.how === 'cancel' ? programme.cancel(bought, model.now) : programme.confirm(bought, lines, model, model.now);
    if (refused) return expect([answer.status, answer.body.code]).toEqual([409, refused]);
    const confirmed = lines ? 'confirmed with other lines' : 'confirmed';
    this.happened(real, this.how === 'cancel' ? 'cancelled' : confirmed);
    if (this.how === 'cancel') {
      return expect(answer.body).toMatchObject({ state: 'cancelled', redeemed: '0.00', earned: '0.00' });
    }
    expectPurchase(answer, bought, 'confirmed');
  }

  override toString(): string {
    return `close(${this.purchase}, ${JSON.stringify(this.how)})`;
  }
}

interface GivingBack {
  purchase: number;
  kind: 'sum' | 'line';
  /** Of what is left, in hundredths, and a bit more. */
  share: number;
  more: number;
}

class GiveBack extends Step {
  constructor(private readonly how: GivingBack) {
    super();
  }

  override check(model: Readonly<Model>): boolean {
    return model.bought.length > 0;
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const bought = pick(this.choice(model), this.how.purchase);
    const wish = this.wish(bought);
    const [till, path] = tillAndPath(bought);
    const answer = await send(real, till, `${path}/refunds`, {
      receipt: { number: randomUUID(), at: new Date(model.now).toISOString() },
      ...('sum' in wish
        ? { sum: decimal(wish.sum) }
        : { lines: [{ index: wish.index, quantity: (wish.quantity / 1000).toFixed(3) }] }),
    });
    const expected = programme.refund(bought, wish, model.now);
    if (typeof expected === 'string') return expect([answer.status, answer.body.code]).toEqual([409, expected]);
    this.tell(real, bought);
    const { sum, returned, takenBack } = expected;
    expect(answer.body).toMatchObject({
      ...{ sum: decimal(sum), returned: decimal(returned), takenBack: decimal(takenBack) },
      balance: { available: decimal(programme.balance(bought.card.account!)) },
    });
    expectExpiring(answer, bought.card);
  }

  /** Every third time what has earned more than there is, if anything: then points are owed. */
  private choice({ bought, now }: Model): Bought[] {
    if (this.how.purchase % 3 > 0) return bought;
    const owing = bought.filter(({ card: { account }, outcome: { earned }, state, refunds }) => {
      programme.settle(account!, now);
      return state === 'confirmed' && refunds.length === 0 && earned > Math.max(0, programme.balance(account!));
    });
    return owing.length > 0 ? owing : bought;
  }

  private tell(real: Real, { card }: Bought): void {
    this.happened(real, this.how.kind === 'sum' ? 'refunded by sum' : 'refunded by lines');
    if (card.account!.debt > 0) this.happened(real, 'refunded below zero');
    if (['blocked', 'replaced'].includes(card.state)) {
      this.happened(real, 'refunded a purchase of a card that stands no more');
    }
  }

  private wish({ lines, outcome, refunds, gone }: Bought): Wish {
    const { kind, share, more, purchase } = this.how;
    const part = (left: number): number => Math.max(1, Math.floor((left * share) / 100) + more);
    if (kind === 'line') {
      const index = purchase % lines.length;
      return { index, quantity: part(1000 - gone[index]!) };
    }
    const sum = lines.reduce((whole, each) => whole + each.sum, -outcome.redeemed);
    return { sum: part(refunds.reduce((left, each) => left - each.sum, sum)) };
  }

  override toString(): string {
    return `giveBack(${JSON.stringify(this.how)})`;
  }
}

/** An old call again: with its key the old answer, with another body a refusal, under another key a known receipt. */
class Again extends Step {
  constructor(
    private readonly call: number,
    private readonly how: 'same' | 'changed' | 'new key',
  ) {
    super();
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const { past } = real;
    if (past.length === 0) return;
    const { till, path, body, key, answer } = pick(past, this.call);
    if (this.how === 'same') {
      const again = await till.post(path, body, { key });
      expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([
        answer.status,
        answer.text,
        'true',
      ]);
      this.happened(real, 'call repeated');
    } else if (this.how === 'changed') {
      const again = await till.post(path, { ...body, cashier: 'Кто-то' }, { key });
      expect([again.status, again.body.code]).toEqual([422, 'idempotency_key_reused']);
      this.happened(real, 'key reused');
    } else if (answer.status === 201 && path === '/purchases') {
      const again = await till.post(path, body);
      const { card, receipt } = body as { card: string; receipt: { at: string } };
      const old = model.now - Date.parse(receipt.at) > 7 * 86_400_000;
      // The phone of whoever has no card in use, or was merged, leads to none.
      const found = !card.startsWith('+') || model.customers.some((one) => one.phone === card && hasCard(one, model));
      expect([again.status, again.body.code, again.body.id]).toEqual(
        old
          ? [400, 'invalid_request', undefined]
          : found
            ? [409, 'receipt_already_registered', answer.body.id]
            : [404, 'card_not_found', undefined],
      );
      if (found && !old) this.happened(real, 'receipt repeated');
    }
  }

  override toString(): string {
    return `again(${this.call}, ${this.how})`;
  }
}

class Wait extends Step {
  constructor(private readonly span: Record<string, number> | 'leap day' | 'midnight') {
    super();
  }

  protected async step(model: Model, real: Real): Promise<void> {
    this.happened(real, 'time passed');
    const moscow = new Date(model.now + 3 * 3_600_000);
    const year = moscow.getUTCFullYear();
    if (this.span === 'midnight') {
      return this.until(model, real, Math.ceil((model.now + 10_800_000) / 86_400_000) * 86_400_000);
    }
    if (this.span === 'leap day') return this.until(model, real, Date.UTC(Math.ceil((year + 1) / 4) * 4, 1, 29, 20));
    real.app.clock.shift(this.span);
    model.now = real.app.clock.now().getTime();
  }

  /** A moment of Moscow's clock, told as if it were UTC. */
  private until(model: Model, real: Real, moment: number): Promise<void> {
    return this.pass(model, real, moment - 3 * 3_600_000 - model.now);
  }

  override toString(): string {
    return `wait(${JSON.stringify(this.span)})`;
  }
}

class Expire extends Step {
  protected async step(model: Model, real: Real): Promise<void> {
    const { app } = real;
    await app.get(Expiry).expireLots(app.clock.now());
    // What is held may still be spent by the purchase that it is held for.
    const due = await app.database.query(
      `select from lot join account on account.id = account_id
       where account.kind = 'points' and remaining > 0 and expires_at <= $1`,
      [app.clock.now()],
    );
    expect(due).toEqual([]);
    await app.get(HoldRelease).releaseDue(app.clock.now());
    const open = await app.database.query('select from points_hold where settled_at is null and due_at <= $1', [
      app.clock.now(),
    ]);
    expect(open).toEqual([]);
    model.cards.forEach(({ account }) => account && programme.settle(account, model.now));
    this.happened(real, 'everything due settled');
  }

  override toString(): string {
    return 'expire';
  }
}

/** Staff publish a promotion. */
class Publish extends Step {
  constructor(private readonly says: Says) {
    super();
  }

  override check(model: Readonly<Model>): boolean {
    return model.promotions.filter((one) => stateAt(one, model.now) !== 'ended').length < MOST_PROMOTIONS;
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const { says } = this;
    const day = dayOf(model.now);
    const promotion = { says, firstDay: day + says.begins, lastDay: day + says.lasts };
    const promotions = real.app.get(Promotions);
    const id = await promotions.draftPromotion(termsOf(promotion, real.stationIds), SYSTEM);
    await promotions.takeStep(id, 'published', SYSTEM);
    const { number } = await promotions.findPromotion(id);
    const published: ModelPromotion = { ...promotion, id, code: `promo-${number}`, states: [] };
    become(published, 'published', model.now);
    model.promotions.push(published);
    this.happened(real, 'promotion published');
  }

  override toString(): string {
    return `publish(${JSON.stringify(this.says)})`;
  }
}

const NEXT = { paused: 'paused', resumed: 'published', ended: 'ended' } as const;

/** Staff pause a promotion, let it run again or end it. */
class Steer extends Step {
  constructor(
    private readonly promotion: number,
    private readonly how: keyof typeof NEXT,
  ) {
    super();
  }

  override check(model: Readonly<Model>): boolean {
    return model.promotions.length > 0;
  }

  protected async step(model: Model, real: Real): Promise<void> {
    const promotion = pick(model.promotions, this.promotion);
    const state = stateAt(promotion, model.now);
    const asked = real.app.get(Promotions).takeStep(promotion.id, this.how, SYSTEM);
    if (state === 'ended' && this.how !== 'ended') {
      return expect(asked).rejects.toMatchObject({ code: 'promotion_step' });
    }
    await asked;
    if (NEXT[this.how] === state) return;
    become(promotion, NEXT[this.how], model.now);
    this.happened(real, `promotion ${this.how}`);
  }

  override toString(): string {
    return `${this.how}(${this.promotion})`;
  }
}

const MOST_PROMOTIONS = 10;

function termsOf(
  { says, firstDay, lastDay }: Pick<ModelPromotion, 'says' | 'firstDay' | 'lastDay'>,
  stations: string[],
): PromotionTerms {
  const { kind, value, weekdays, hours, till, categories, minPaid, firstPurchase, caps, exclusive, priority } = says;
  const date = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
  const [fromTime, toTime] = hours ? hours.map((hour) => `${String(hour).padStart(2, '0')}:00`) : [];
  return {
    ...PLAIN_TERMS,
    ...{
      title: 'Акция',
      kind,
      value,
      weekdays,
      categories,
      minPaidKopecks: minPaid,
      firstPurchase,
      exclusive,
      priority,
    },
    ...{ firstDay: date(firstDay), lastDay: date(lastDay), fromTime: fromTime ?? null, toTime: toTime ?? null },
    ...(till !== null && { stationChoice: 'only' as const, stationIds: [stations[till]!] }),
    ...{ receiptCapHundredths: caps.receipt, dayCapHundredths: caps.day, totalCapHundredths: caps.all },
  };
}

const nat = fc.nat({ max: 1000 });
const kopecks = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 1_000_000 }));
const line = fc.record({ category: fc.constantFrom('fuel', 'goods', 'food', 'services', 'tobacco'), sum: kopecks });
const ago = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  fc.integer({ min: 0, max: 7 * 86_400_000 }),
  fc.integer({ min: -2 * 86_400_000, max: 0 }),
);
const redeem = fc.oneof(
  fc.constantFrom('max' as const, 'nothing' as const, 'nothing' as const),
  fc.record({ share: fc.constantFrom(0, 10, 50, 100), more: fc.constantFrom(-1, 0, 1, 500) }),
);
const buying = fc.record({
  ...{ card: nat, till: nat, phone: fc.boolean(), redeem, agoMs: ago },
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  hold: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
}) as fc.Arbitrary<Buying>;
const span = fc.oneof(
  fc.record({ minutes: fc.integer({ min: 1, max: 3000 }) }),
  fc.record({ minutes: fc.integer({ min: 1, max: 16 }) }),
  fc.record({ days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ months: fc.integer({ min: 1, max: 12 }) }),
  fc.constantFrom<Record<string, number>>({ years: 1 }, { days: 364 }, { days: 365 }, { days: 366 }),
  fc.constantFrom('leap day' as const, 'midnight' as const, 'midnight' as const),
);

const ending = fc.oneof(
  fc.constantFrom('confirm' as const, 'cancel' as const),
  fc.array(line, { minLength: 1, maxLength: 4 }) as fc.Arbitrary<ModelLine[]>,
);
const givingBack = fc.record({
  ...{ purchase: nat, kind: fc.constantFrom('sum', 'sum', 'line'), share: fc.constantFrom(0, 10, 50, 100) },
  more: fc.constantFrom(0, 0, 0, 1, -1),
}) as fc.Arbitrary<GivingBack>;

const seldom = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, some);
const cap = seldom(fc.integer({ min: 1, max: 20_000 }));
const says = fc.record({
  kind: fc.constantFrom('multiplier', 'percent', 'fixed'),
  value: fc.integer({ min: 101, max: 1000 }),
  begins: fc.constantFrom(-10, 0, 0, 1),
  lasts: fc.integer({ min: 1, max: 400 }),
  weekdays: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }),
  ),
  hours: seldom(fc.tuple(fc.nat({ max: 23 }), fc.nat({ max: 23 })).filter(([from, to]) => from !== to)),
  till: seldom(fc.constantFrom(0, 1)),
  categories: fc.uniqueArray(fc.constantFrom('fuel', 'goods', 'food', 'tobacco'), { maxLength: 2 }),
  minPaid: seldom(fc.integer({ min: 1, max: 500_000 })),
  firstPurchase: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  caps: fc.record({ receipt: cap, day: cap, all: cap }),
  exclusive: fc.boolean(),
  priority: fc.nat({ max: 3 }),
}) as fc.Arbitrary<Says>;

const buy = buying.map((how) => new Buy(how, false));
const giveBack = givingBack.map((how) => new GiveBack(how));
const merge = fc.tuple(nat, nat).map(([from, into]) => new Merge(from, into));
const activate = fc
  .tuple(nat, nat, fc.boolean())
  .map(([card, customer, newcomer]) => new Activate(card, customer, newcomer));

/** What may happen, the frequent more often. */
export const STEPS: fc.Arbitrary<Command>[] = [
  fc.constant(new Print()),
  fc.tuple(nat, nat).map(([card, till]) => new Sell(card, till)),
  ...[activate, activate],
  fc.tuple(nat, fc.boolean()).map(([customer, again]) => new Virtual(customer, again)),
  ...[buy, buy, buy, buy, buy, buy],
  buying.map((how) => new Buy(how, true)),
  fc.tuple(nat, ending).map(([purchase, how]) => new Close(purchase, how)),
  ...[giveBack, giveBack, giveBack],
  fc.tuple(nat, fc.constantFrom('same', 'changed', 'new key')).map(([call, how]) => new Again(call, how)),
  span.map((how) => new Wait(how)),
  fc.constant(new Expire()),
  fc.tuple(nat, fc.constantFrom('block', 'unblock', 'unblock', 'replace')).map(([card, how]) => new Care(card, how)),
  ...[merge, merge],
  says.map((what) => new Publish(what)),
  fc.tuple(nat, fc.constantFrom('paused', 'resumed', 'resumed', 'ended')).map(([one, how]) => new Steer(one, how)),
];

async function send(real: Real, tillIndex: number, path: string, body: object): Promise<Response> {
  const till = pick(real.tills, tillIndex);
  const key = randomUUID();
  const answer = await till.post(path, body, { key });
  real.past.push({ till, path, body, key, answer });
  return answer;
}

function bodyOf({ card, byPhone, at, lines, redeem: points, hold }: ModelPurchase): object {
  return {
    card: byPhone ? card.customer!.phone : card.number,
    receipt: { number: randomUUID(), at: new Date(at).toISOString() },
    lines: lines.map(({ category, sum }) => ({ category, sum: decimal(sum) })),
    ...(points !== 0 && { redeem: points === 'max' ? 'max' : decimal(points) }),
    ...(hold && { hold }),
  };
}

function hasCard(customer: Customer, { cards }: Model): boolean {
  return programme.cardOf(customer, cards) !== undefined;
}

function tillAndPath({ id }: Bought): [number, string] {
  const [till, purchase] = id.split(' ');
  return [Number(till), `/purchases/${purchase}`];
}

function expectAnswer(answer: Response, expected: Bought | string, state: string): void {
  if (typeof expected === 'string') {
    return expect([answer.status, answer.body.code]).toEqual([409, expected]);
  }
  expectPurchase(answer, expected, state);
}

function expectPurchase(answer: Response, { lines, card, outcome }: Bought, state: string): void {
  const { redeemed, earned, discounts, earnings, rules } = outcome;
  const sum = lines.reduce((whole, each) => whole + each.sum, 0);
  expect(answer.body).toMatchObject({
    ...{ state, redeemed: decimal(redeemed), earned: decimal(earned), toPay: decimal(sum - redeemed) },
    lines: lines.map((each, index) => ({
      ...{ sum: decimal(each.sum), discount: decimal(discounts[index]!), earned: decimal(earnings[index]!) },
      rules: rules[index]!.map(({ code, points }) => ({ code, points: decimal(points) })),
    })),
    balance: { available: decimal(programme.balance(card.account!)), held: decimal(programme.held(card.account!)) },
  });
  expectExpiring(answer, card);
}

function expectExpiring(answer: Response, { account }: Card): void {
  const next = answer.body.balance.expiring as { points: string; at: string }[];
  expect(next.map(({ points, at }) => ({ points, at: Date.parse(at) }))).toEqual(
    programme.expiring(account!).map(({ points, at }) => ({ points: decimal(points), at })),
  );
}

async function expectSameBalances(model: Model, { app }: Real): Promise<void> {
  const accounts = [...new Set(model.cards.flatMap(({ account }) => account ?? []))];
  accounts.forEach((account) => programme.settle(account, model.now));
  const book = await app.get(Ledger).peek(
    app.get(Database),
    accounts.map(({ id }) => id),
    app.clock.now(),
  );
  expect(accounts.map(({ id }) => Number(book.available(id)))).toEqual(accounts.map(programme.balance));
  expect(accounts.map(({ id }) => Number(book.held(id)))).toEqual(accounts.map(programme.held));
}

function pick<T>(items: readonly T[], index: number): T {
  return items[index % items.length]!;
}

function decimal(units: number): string {
  const absolute = Math.abs(units);
  return `${units < 0 ? '-' : ''}${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`;
}
