import { hashPassword } from '../../auth/passwords/password.hasher.js';
import { randomReadable } from '../../auth/secrets.service.js';
import type { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import { WriteSet } from '../../infra/database/write-set.js';
import type { Enrolment, PendingApplication } from '../../loyalty/activation/applications.service.js';
import { SYSTEM } from '../../shared/actor.js';
import { newId } from '../../shared/ids.js';
import type { World } from '../world.js';
import { requestCalls } from './callbacks.js';
import { Chance } from './chance.js';
import { forgetCards } from './claims.js';
import { tendLines } from './lines.js';
import { takeOrders } from './orders.js';
import { launchPromotions } from './promotions.js';
import { type Plot, Plotting, type Step } from './plot.js';
import type { Rooms } from './rooms.js';
import type { CustomerSeed, Seeds } from './seeds.js';
import { stockSims } from './sims.js';
import type { StoryClock } from './story-clock.js';
import { askOperators } from './tasks.js';
import { stockTariffs } from './tariffs.js';
import { drawNumbers, employ, hireCashier, openStations, printCards } from './town.js';

const DAY_MS = 86_400_000;
const CHAPTER_MS = 14 * DAY_MS;
const PRINTED_CARDS = 30;
const SEED = 20_240_815;

/**
 * Tells the demo world, from the opening of the stations to the last receipt before now, through the product's own verbs.
 * Purchases are registered a fortnight at once, as the ones of a busy minute would be together.
 */
export class Story {
  constructor(
    private readonly sql: Sql,
    private readonly rooms: Rooms,
    private readonly clock: StoryClock,
    private readonly seeds: Seeds,
    private readonly config: Pick<Config, 'timeZone' | 'lines'>,
  ) {}

  async tell(now: Date): Promise<World> {
    const opening = new Date(now.getTime() - 450 * DAY_MS);
    this.clock.moveTo(opening);
    const tills = await openStations(this.sql, this.seeds, this.rooms.keys, opening);
    const ivr = await this.rooms.ivrKeys.issueWithin(this.sql, SYSTEM);
    const staff = await employ(this.sql, this.seeds.staff, opening);
    const cashier = await hireCashier(this.sql, this.rooms.cashiers, tills[0]!);
    const scene = { clock: this.clock, now, zone: this.config.timeZone, except: tills[0]!.stationId };
    await stockTariffs(this.sql, this.rooms, opening);
    await launchPromotions(this.sql, this.rooms.promotions, scene);
    const { customers, soldCards } = this.seeds;
    const kinds = customers.flatMap(({ cards }) => cards);
    const plastic = kinds.filter((kind) => kind === 'plastic').length + soldCards.length;
    const handedOut = await printCards(this.sql, 'Первый тираж', plastic, opening);
    const printed = await printCards(this.sql, 'Осенний тираж', PRINTED_CARDS, new Date(now.getTime() - 20 * DAY_MS));
    const virtual = drawNumbers(kinds.length);
    const taken = { plastic: [...handedOut], virtual };
    const plot = new Plotting(
      {
        ...{ seeds: this.seeds, tills, now, zone: this.config.timeZone },
        takePlastic: () => taken.plastic.pop()!,
        drawVirtual: () => taken.virtual.pop()!,
      },
      new Chance(SEED),
    ).write();
    await this.play(plot, opening, now);
    const [first, second, third] = this.seeds.customers.slice(1).map(({ phone }) => phone);
    const forgetting = { clock: this.clock, now, terminalId: tills[1]!.terminalId };
    await forgetCards(this.sql, this.rooms.claimsWithin(this.sql), {
      ...forgetting,
      phones: [first!, second!, third!],
    });
    const calling = { clock: this.clock, now, zone: this.config.timeZone, customers };
    await requestCalls(this.sql, this.rooms.callbacks(this.sql), calling);
    const logins = await this.setPasswords(now);
    const sims = this.config.lines.includes('telecom') ? await this.connect(now, calling) : [];
    return {
      staff,
      customers: logins,
      terminals: tills.map(({ station, key }) => ({ station, key })),
      cashiers: [cashier],
      ivrKey: ivr.key,
      sims,
      cards: [...printed, ...plot.sold, ...plot.active],
    };
  }

  /** SIM cards, who ordered them, and what was done with the numbers since. */
  private async connect(now: Date, scene: Parameters<typeof takeOrders>[2]): Promise<string[]> {
    const sims = await stockSims(this.sql, this.rooms.sims, this.clock, now);
    const clerks = this.rooms.orders(this.sql);
    await takeOrders(this.sql, clerks, scene);
    await tendLines(this.sql, this.rooms.lines(this.sql), scene);
    await askOperators(this.sql, clerks.tasks, scene);
    return sims;
  }

  private async play({ steps, purchases }: Plot, from: Date, now: Date): Promise<void> {
    for (let start = from; start < now; start = new Date(start.getTime() + CHAPTER_MS)) {
      const end = new Date(Math.min(start.getTime() + CHAPTER_MS, now.getTime()));
      const inChapter = (at: Date): boolean => at >= start && at < end;
      for (const step of steps.filter(({ at }) => inChapter(at))) await this.take(step);
      const writes = new WriteSet();
      // Who asks for more points than there are leaves without the purchase: the story does not stop for it.
      const calls = purchases.filter(({ receiptAt }) => inChapter(receiptAt));
      if (calls.length > 0) await this.rooms.purchasing.register(this.sql, calls, end, writes);
      await writes.flush(this.sql);
    }
  }

  private async take(step: Step): Promise<void> {
    this.clock.moveTo(step.at);
    const { number, at } = step;
    if (step.kind === 'sale') {
      const { terminalId, cashier } = step;
      await this.rooms.sales.sellCard(this.sql, { number, terminalId, cashier, soldAt: at });
      return;
    }
    const application = applicationOf(step.kind === 'virtual' ? 'virtual' : 'plastic', number, step.customer);
    const enrolled: Enrolment =
      step.kind === 'virtual' ? await this.issueVirtual(application) : await this.activate(application);
    await this.sql.query(
      `insert into activation (id, kind, card_number, customer_id, moved_from_account_id, started_at, completed_at)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [application.id, application.kind, number, enrolled.customerId, enrolled.movedFromAccountId ?? null, at],
    );
  }

  private activate(application: PendingApplication) {
    return this.rooms.activation.activateCard(this.sql, application, 'ru');
  }

  /** As VirtualCards does after the code, with a number drawn beforehand. */
  private async issueVirtual(application: PendingApplication): Promise<Enrolment> {
    const { customerId, pointsAccountId } = await this.rooms.newcomers.welcome(this.sql, application, 'ru');
    const row = [application.cardNumber, pointsAccountId, customerId, this.clock.now()];
    await this.sql.query(
      `insert into card (number, kind, state, account_id, customer_id, sold_at, activated_at, created_at)
       values ($1, 'virtual', 'active', $2, $3, $4, $4, $4)`,
      row,
    );
    return { customerId, number: application.cardNumber! };
  }

  /** One password, hence one slow hash, for all of them. */
  private async setPasswords(now: Date): Promise<World['customers']> {
    const password = randomReadable();
    const phones = this.seeds.customers.map(({ phone }) => phone);
    await this.sql.query('update login set password_hash = $1, password_set_at = $2 where phone = any($3)', [
      ...[await hashPassword(password), now, phones],
    ]);
    return phones.map((phone) => ({ phone, password }));
  }
}

function applicationOf(kind: 'plastic' | 'virtual', cardNumber: string, customer: CustomerSeed): PendingApplication {
  const { phone, surname, name, patronymic, sex, birthDate, email } = customer;
  const person = { surname, name, patronymic, sex, birthDate, email };
  return { id: newId(), codeId: '', kind, cardNumber, phone, person, mailings: email !== null };
}
