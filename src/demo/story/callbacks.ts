import { DateTime } from 'luxon';
import type { Sql } from '../../infra/database/sql.js';
import type { ChosenOutcome, DialResult } from '../../support/callbacks/callback.js';
import type { CallbackDesk } from '../../support/callbacks/callback-desk.service.js';
import type { CallbackFollowers } from '../../support/callbacks/callback-followers.service.js';
import type { CallbackHours } from '../../support/callbacks/callback-hours.service.js';
import type { CallbackRequests, CallbackWish } from '../../support/callbacks/callback-requests.service.js';
import type { CustomerSeed } from './seeds.js';
import type { StoryClock } from './story-clock.js';

/** The clerks of one transaction. */
export interface CallbackClerks {
  requests: CallbackRequests;
  followers: CallbackFollowers;
  desk: CallbackDesk;
  hours: CallbackHours;
}

export interface Calling {
  clock: StoryClock;
  now: Date;
  zone: string;
  customers: readonly CustomerSeed[];
}

interface Call {
  at: Date;
  wish: Pick<CallbackWish, 'phone' | 'name' | 'topic'> & Partial<CallbackWish>;
}

const MINUTE_MS = 60_000;

/** Who waits for a call, who was not reached, and what came of the others. */
export async function requestCalls(sql: Sql, clerks: CallbackClerks, scene: Calling): Promise<void> {
  const present = scene.clock.now();
  const staffId = await operatorOf(sql);
  if (staffId) await new Callers(sql, clerks, scene, staffId).tell();
  scene.clock.moveTo(present);
}

class Callers {
  constructor(
    private readonly sql: Sql,
    private readonly clerks: CallbackClerks,
    private readonly scene: Calling,
    private readonly staffId: string,
  ) {}

  async tell(): Promise<void> {
    const { customers, now } = this.scene;
    const known = (index: number) => ({ phone: customers[index]!.phone, name: customers[index]!.name });
    await this.answered(
      { at: this.day(9, 11), wish: { ...known(3), topic: 'card' } },
      'question_answered',
      'Рассказали, когда сгорят баллы',
    );
    await this.answered(
      { at: this.day(4, 15), wish: { phone: '+79210009011', name: 'Сергей', topic: 'sim' } },
      'order_made',
      'Подобрали тариф, заказ оформили',
    );
    await this.answered(
      { at: this.day(3, 12), wish: { phone: '+79210009012', name: null, topic: 'other' } },
      'refused',
      null,
    );
    await this.takenBack({
      at: this.day(2, 17),
      wish: { phone: '+78112560017', name: 'Нина Павловна', topic: 'payment' },
    });
    await this.ask({
      at: this.whileOpen(40),
      wish: { phone: '+79210009014', name: 'Татьяна', topic: 'card', page: '/cards/activate' },
    });
    await this.missed({ at: this.whileOpen(190), wish: { phone: '+79210009013', name: 'Олег', topic: 'sim' } }, [
      'no_answer',
      'busy',
    ]);
    await this.missed({ at: this.whileOpen(70), wish: { ...known(7), topic: 'card' } }, ['no_answer']);
    const taken = await this.ask({ at: this.whileOpen(12), wish: { ...known(12), topic: 'other', page: '/help' } });
    await this.claim(taken);
    await this.ask({
      at: new Date(now.getTime() - 6 * MINUTE_MS),
      wish: { phone: '+79210009015', name: 'Дмитрий', topic: 'payment' },
    });
    this.scene.clock.moveTo(new Date(now.getTime() - 3 * MINUTE_MS));
    const when = this.clerks.hours.slots().at(0)?.startsAt.toISOString() ?? 'soon';
    await this.ask({ at: this.scene.clock.now(), wish: { ...known(20), topic: 'card', when } });
  }

  private async answered(call: Call, outcome: ChosenOutcome, note: string | null): Promise<void> {
    const id = await this.ask(call);
    this.pass(8);
    const seen = await this.claim(id);
    this.pass(6);
    await this.clerks.desk.complete(seen, { outcome, note });
  }

  private async missed(call: Call, results: DialResult[]): Promise<void> {
    const id = await this.ask(call);
    for (const [index, result] of results.entries()) {
      this.pass(25);
      const seen = await this.claim(id);
      const last = index === results.length - 1;
      await this.clerks.desk.recordDial(seen, { result, note: null, nextTry: last ? 'tomorrow' : 'half_hour' });
    }
    await this.clerks.desk.comment(id, this.staffId, 'Лучше звонить после обеда');
  }

  private async takenBack(call: Call): Promise<void> {
    const token = await this.send(call);
    this.pass(4);
    await this.clerks.followers.withdraw(token);
  }

  private async ask(call: Call): Promise<string> {
    await this.send(call);
    const [row] = await this.sql.query<{ id: string }>(
      `select id from callback where phone = $1 and state in ('waiting', 'taken')`,
      [call.wish.phone],
    );
    return row!.id;
  }

  private send({ at, wish }: Call): Promise<string> {
    this.scene.clock.moveTo(at);
    const whole = { when: 'soon', page: '/', browser: null, language: 'ru', ...wish } as const;
    return this.clerks.requests.write(this.sql, whole, this.clerks.hours.read(whole.when));
  }

  private async claim(id: string): Promise<{ id: string; version: number; clerkId: string }> {
    const [row] = await this.sql.query<{ version: number }>('select version from callback where id = $1', [id]);
    const seen = { id, version: row!.version, clerkId: this.staffId };
    await this.clerks.desk.claim(seen);
    return { ...seen, version: seen.version + 1 };
  }

  private pass(minutes: number): void {
    this.scene.clock.moveTo(new Date(this.scene.clock.now().getTime() + minutes * MINUTE_MS));
  }

  private day(daysAgo: number, hour: number): Date {
    const { now, zone } = this.scene;
    return DateTime.fromJSDate(now, { zone }).minus({ days: daysAgo }).set({ hour, minute: 20 }).toJSDate();
  }

  /** So many minutes ago, or before the last closing where that was by night: its promise is over in any case. */
  private whileOpen(minutesAgo: number): Date {
    const { clock, now } = this.scene;
    for (let ago = minutesAgo; ; ago += 30) {
      const at = new Date(now.getTime() - ago * MINUTE_MS);
      clock.moveTo(at);
      if (this.clerks.hours.isOpen()) return at;
    }
  }
}

async function operatorOf(sql: Sql): Promise<string | undefined> {
  const [operator] = await sql.query<{ id: string }>(`select id from staff where role = 'operator' limit 1`);
  return operator?.id;
}
