import { DateTime } from 'luxon';
import type { Sql } from '../../infra/database/sql.js';
import { type Application, CONSENT_BY_FORM } from '../../orders/application/application.js';
import type { OrderState, Refusal, StoredOrder, Way } from '../../orders/order.js';
import { STRANGER } from '../../shared/actor.js';
import { connectCompany } from './company.js';
import type { OrderClerks } from './order-rooms.js';
import type { CustomerSeed } from './seeds.js';
import type { StoryClock } from './story-clock.js';

export interface Ordering {
  clock: StoryClock;
  now: Date;
  zone: string;
  customers: readonly CustomerSeed[];
}

interface Wish {
  operator: string;
  who: { name: string; phone: string; surname?: string };
  /** Days ago and the hour, or minutes ago. */
  at: [days: number, hour: number] | number;
  way?: Way;
  more?: Partial<Application>;
  /** Of a company: its taxpayer number, and whom the clerk was told of. */
  business?: { inn: string; usedBy: string | null };
}

/** How far it went, and why it stopped. */
interface Fate {
  to: OrderState;
  reason?: string;
  refusal?: Refusal;
  comment?: string;
}

const MINUTE_MS = 60_000;
const ADDRESS = 'Санкт-Петербург, ул. Марата, 18, кв. 5';
const STRANGERS = {
  ...{ olga: { name: 'Ольга', surname: 'Фёдорова', phone: '+79210008101' } },
  ...{ timur: { name: 'Тимур', surname: 'Рахимов', phone: '+79210008102' } },
  ...{ denis: { name: 'Денис', surname: 'Громов', phone: '+79210008103' } },
  ...{ vera: { name: 'Вера', surname: 'Лапина', phone: '+79210008104' } },
  ...{ pavel: { name: 'Павел', surname: 'Зорин', phone: '+79210008105' } },
  ...{ marina: { name: 'Марина', surname: 'Котова', phone: '+79210008106' } },
  ...{ igor: { name: 'Игорь', surname: 'Беляев', phone: '+79210008107' } },
  ...{ nina: { name: 'Нина', surname: 'Орлова', phone: '+79210008108' } },
};

/** Applications in every state: numbers that work, SIM cards on their way, and people who wait for a call. */
export async function takeOrders(sql: Sql, clerks: OrderClerks, scene: Ordering): Promise<void> {
  const present = scene.clock.now();
  const [clerk] = await sql.query<{ id: string }>(`select id from staff where role = 'operator' limit 1`);
  if (clerk) {
    const teller = new OrderTeller(sql, clerks, scene, clerk.id);
    await teller.tell();
    await connectCompany(sql, clerks, { ...scene, teller });
  }
  scene.clock.moveTo(present);
}

export class OrderTeller {
  constructor(
    private readonly sql: Sql,
    private readonly clerks: OrderClerks,
    private readonly scene: Ordering,
    readonly clerkId: string,
  ) {}

  async tell(): Promise<void> {
    const known = (index: number): Wish['who'] => {
      const { name, surname, phone } = this.scene.customers[index]!;
      return { name, surname, phone };
    };
    const { olga, timur, denis, vera, pavel, marina, igor, nina } = STRANGERS;
    await this.order({ operator: 'megafon', who: known(0), at: [12, 11] }, { to: 'active' });
    await this.order({ operator: 't2', who: known(4), at: [9, 15], way: 'pickup' }, { to: 'active' });
    await this.order({ operator: 'mts', who: olga, at: [1, 10] }, { to: 'handed_over' });
    await this.order({ operator: 'megafon', who: denis, at: [2, 12] }, { to: 'in_delivery' });
    const foreign = { foreignCitizen: true, comment: 'Приеду после обеда' };
    await this.order(
      { operator: 'beeline', who: timur, at: [3, 13], way: 'pickup', more: foreign },
      { to: 'at_office' },
    );
    await this.order({ operator: 'mts', who: vera, at: [1, 14] }, { to: 'prepared' });
    const company = { company: 'ООО «Северный ветер»', wantedNumber: 'кончается на 00' };
    await this.order({ operator: 'megafon', who: pavel, at: [1, 16], more: company }, { to: 'agreed' });
    const asked = 'Просит перезвонить: советуется с семьёй';
    await this.order({ operator: 'beeline', who: known(9), at: [1, 17] }, { to: 'called', comment: asked });
    await this.order(
      { operator: 'mts', who: marina, at: [5, 12] },
      { to: 'held', reason: 'В отпуске, вернётся через неделю' },
    );
    await this.order(
      { operator: 't2', who: igor, at: [6, 12] },
      { to: 'refused', refusal: 'self_ban', reason: 'Ответ оператора: самозапрет' },
    );
    await this.order({ operator: 'beeline', who: nina, at: [7, 18] }, { to: 'cancelled', reason: 'Передумала' });
    await this.order({ operator: 'mts', who: { name: 'Артём', phone: '+79210008109' }, at: [1, 19] }, { to: 'new' });
    await this.order({ operator: 'megafon', who: { name: 'Елена', phone: '+79210008110' }, at: 4 }, { to: 'new' });
  }

  /** Answers the order's id. */
  async order(wish: Wish, fate: Fate): Promise<string> {
    this.scene.clock.moveTo(this.moment(wish.at));
    const id = await this.apply(wish);
    if (fate.to === 'new') return id;
    this.pass(9);
    await this.clerks.desk.assignWithin(this.sql, await this.seen(id), this.clerkId);
    await this.move(id, { to: 'called' });
    if (fate.comment) await this.clerks.desk.comment(id, this.clerkId, fate.comment);
    if (fate.to !== 'called') await this.goOn(id, wish, fate);
    else await this.clerks.desk.setCallWithin(this.sql, await this.seen(id), this.moment([-1, 12]));
    return id;
  }

  private async goOn(id: string, wish: Wish, fate: Fate): Promise<void> {
    if (fate.reason) return this.move(id, fate);
    const third: OrderState = wish.way === 'pickup' ? 'at_office' : 'in_delivery';
    const path: OrderState[] = ['agreed', 'prepared', third, 'handed_over', 'active'];
    for (const to of path.slice(0, path.indexOf(fate.to) + 1)) {
      this.pass(35);
      if (to === 'prepared') await this.prepare(id);
      if (to === 'handed_over') await this.handOver(id, wish);
      else if (to === 'active') await this.clerks.activations.confirmWithin(this.sql, await this.seen(id));
      else await this.move(id, { to });
    }
  }

  private async prepare(id: string): Promise<void> {
    const [order] = await this.sql.query<Pick<StoredOrder, 'operator_id' | 'sim_kind' | 'office_id'>>(
      'select operator_id, sim_kind, office_id from sim_order where id = $1',
      [id],
    );
    const { cards } = await this.clerks.sims.find(order!, '');
    const card = cards.find(({ number }) => number !== null)!;
    await this.clerks.sims.reserveWithin(this.sql, await this.seen(id), card.id);
    await this.clerks.papers.issueWithin(this.sql, await this.seen(id));
  }

  private async handOver(id: string, { who, business }: Wish): Promise<void> {
    const { inn = null, usedBy = null } = business ?? {};
    const note = {
      surname: who.surname ?? who.name,
      name: who.name,
      patronymic: null,
      number: null,
      usedBy,
      inn,
      samePerson: false,
      forCompany: false,
    };
    await this.clerks.handOver.handOverWithin(this.sql, await this.seen(id), note);
  }

  private async move(id: string, { to, reason, refusal }: Fate): Promise<void> {
    if (to === 'handed_over' || to === 'active') throw new TypeError(`${to} has a verb of its own`);
    const step = { to, reason: reason ?? null, refusal: refusal ?? null };
    await this.clerks.desk.moveWithin(this.sql, await this.seen(id), step);
  }

  private async apply({ operator, who, way = 'delivery', more }: Wish): Promise<string> {
    const [tariff] = await this.sql.query<{ slug: string; version: string }>(
      `select t.slug, v.id as version from tariff t join operator o on o.id = t.operator_id
       join tariff_version v on v.tariff_id = t.id and v.state = 'published'
       where o.code = $1 and v.audience = 'phone' order by v.price_kopecks is null, t.slug limit 1`,
      [operator],
    );
    const [office] = await this.sql.query<{ id: string }>('select id from office order by name limit 1');
    const application: Application = {
      ...{ tariffSlug: tariff!.slug, name: [who.name, who.surname].filter(Boolean).join(' '), phone: who.phone },
      ...{ company: null, email: null, foreignCitizen: false, way, address: way === 'delivery' ? ADDRESS : null },
      ...{ officeId: way === 'pickup' ? office!.id : null, simKind: 'physical', wantedNumber: null, comment: null },
      usedBy: null,
      ...{ language: 'ru', ...more },
    };
    const applicant = {
      source: 'site',
      customerId: null,
      browser: null,
      consent: CONSENT_BY_FORM,
      actor: STRANGER,
    } as const;
    await this.clerks.register.write(this.sql, application, applicant, tariff!.version);
    const [order] = await this.sql.query<{ id: string }>(
      'select id from sim_order where phone = $1 order by created_at desc limit 1',
      [who.phone],
    );
    return order!.id;
  }

  private async seen(id: string): Promise<{ id: string; revision: number; clerkId: string }> {
    const [row] = await this.sql.query<{ revision: number }>('select revision from sim_order where id = $1', [id]);
    return { id, revision: row!.revision, clerkId: this.clerkId };
  }

  private pass(minutes: number): void {
    this.scene.clock.moveTo(new Date(this.scene.clock.now().getTime() + minutes * MINUTE_MS));
  }

  private moment(at: Wish['at']): Date {
    const { now, zone } = this.scene;
    if (typeof at === 'number') return new Date(now.getTime() - at * MINUTE_MS);
    const [days, hour] = at;
    return DateTime.fromJSDate(now, { zone }).minus({ days }).set({ hour, minute: 20 }).toJSDate();
  }
}
