import { DateTime } from 'luxon';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import type { TaskDetails } from '../../tasks/operator-task.js';
import type { StoryClock } from './story-clock.js';
import type { TaskClerks } from './task-rooms.js';

export interface Asking {
  clock: StoryClock;
  now: Date;
  zone: string;
}

interface Line {
  id: string;
  number: string;
  operator_id: string;
  tariff_version_id: string;
}

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** What operators were asked to do besides switching numbers on: by clerks at one of them, by files at another. */
export async function askOperators(sql: Sql, clerks: TaskClerks, scene: Asking): Promise<void> {
  const present = scene.clock.now();
  const [clerk] = await sql.query<{ id: string }>(`select id from staff where role = 'operator' limit 1`);
  const teller = clerk && new TaskTeller(sql, clerks, scene, clerk.id);
  await teller?.tell();
  scene.clock.moveTo(present);
}

class TaskTeller {
  private readonly actor: Actor;

  constructor(
    private readonly sql: Sql,
    private readonly clerks: TaskClerks,
    private readonly scene: Asking,
    private readonly clerkId: string,
  ) {
    this.actor = { kind: 'staff', id: clerkId };
  }

  async tell(): Promise<void> {
    const [byClerks, byFiles] = [await this.lineAt('megafon'), await this.lineAt('t2')];
    if (byClerks) await this.workByHand(byClerks);
    if (byFiles) await this.workByFiles(byFiles);
  }

  /** One that was refused, one that was called off, and one that the operator has in hand at the second attempt. */
  private async workByHand(line: Line): Promise<void> {
    const { desk } = this.clerks;
    const { number } = line;
    this.ago(7 * DAY);
    const refused = await this.ask(line, await this.newTariff(line));
    await desk.send(await this.seen(refused), 'МФ-48112');
    this.ago(7 * DAY - 50);
    await desk.refuse(await this.seen(refused), 'На этот тариф переходят только с начала месяца');
    this.ago(3 * DAY);
    const through = DateTime.fromJSDate(this.scene.now, { zone: this.scene.zone }).plus({ days: 20 }).toISODate()!;
    const offed = await this.ask(line, { kind: 'suspend', number, through });
    await desk.callOff(await this.seen(offed), 'Клиент передумал уезжать');
    this.ago(95);
    const sent = await this.ask(line, await this.newTariff(line));
    await desk.assign(await this.seen(sent), this.clerkId);
    await desk.send(await this.seen(sent), null);
    this.ago(80);
    await desk.fail(await this.seen(sent), 'Кабинет дилера не отвечает');
    this.ago(35);
    await desk.send(await this.seen(sent), 'МФ-51907');
  }

  /** A file that was answered, and a task that waits for the next one. */
  private async workByFiles(line: Line): Promise<void> {
    const { channels, outgoing, incoming } = this.clerks;
    const { operator_id: operatorId, number } = line;
    this.ago(6 * DAY);
    await channels.set(operatorId, { channel: 'files', promiseMinutes: 8 * HOUR, revision: 0 }, this.actor);
    this.ago(5 * DAY);
    const refused = await this.ask(line, { kind: 'suspend', number });
    await outgoing.gather(operatorId, this.actor);
    await outgoing.deliverNext(operatorId, () => Promise.resolve());
    this.ago(5 * DAY - 2 * HOUR);
    const row = `${await this.numberOf(refused)};refused;;T2-7719;Номер в роуминге, блокировка недоступна`;
    const bytes = Buffer.from(`task;result;at;reference;message\r\n${row}\r\n`);
    const { id: fileId } = await incoming.keep({ operatorId, name: 't2-answers.csv', bytes, staffId: this.clerkId });
    await incoming.take(fileId, this.actor);
    this.ago(12);
    await this.ask(line, { kind: 'suspend', number });
  }

  private async newTariff({ number, operator_id, tariff_version_id }: Line): Promise<TaskDetails> {
    const [version] = await this.sql.query<{ id: string; name: string }>(
      `select v.id, v.name from tariff_version v join tariff t on t.id = v.tariff_id
       where t.operator_id = $1 and v.state = 'published' and v.audience = 'phone' and v.id <> $2
       order by v.price_kopecks is null, t.slug desc limit 1`,
      [operator_id, tariff_version_id],
    );
    return { kind: 'change_tariff', number, tariffVersionId: version!.id, tariff: version!.name };
  }

  private ask({ id: lineId, operator_id: operatorId }: Line, details: TaskDetails): Promise<string> {
    return this.clerks.tasks.open(this.sql, { operatorId, lineId, details, actor: this.actor });
  }

  private async lineAt(code: string): Promise<Line | undefined> {
    const [line] = await this.sql.query<Line>(
      `select l.id, l.number, l.operator_id, l.tariff_version_id from line l join operator o on o.id = l.operator_id
       where o.code = $1 and l.state = 'active' order by l.opened_at limit 1`,
      [code],
    );
    return line;
  }

  private async numberOf(id: string): Promise<string> {
    const [task] = await this.sql.query<{ number: string }>('select number from operator_task where id = $1', [id]);
    return task!.number;
  }

  private async seen(id: string): Promise<{ id: string; revision: number; clerkId: string }> {
    const [row] = await this.sql.query<{ revision: number }>('select revision from operator_task where id = $1', [id]);
    return { id, revision: row!.revision, clerkId: this.clerkId };
  }

  private ago(minutes: number): void {
    this.scene.clock.moveTo(new Date(this.scene.now.getTime() - minutes * MINUTE_MS));
  }
}
