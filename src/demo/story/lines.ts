import { DateTime } from 'luxon';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import type { TaskEnding } from '../../tasks/operator-task.js';
import type { LineClerks } from './line-rooms.js';
import type { Ordering } from './orders.js';

interface Line {
  id: string;
  operator_id: string;
  tariff_version_id: string;
}

const MINUTE_MS = 60_000;

/** What operators were asked to do with numbers that work, and what they did or refused. */
export async function tendLines(sql: Sql, clerks: LineClerks, scene: Ordering): Promise<void> {
  const present = scene.clock.now();
  const [clerk] = await sql.query<{ id: string }>(`select id from staff where role = 'operator' limit 1`);
  const [first, second] = await sql.query<Line>(
    `select id, operator_id, tariff_version_id from line where state = 'active' and used_by is null order by opened_at, id limit 2`,
  );
  if (clerk && first) {
    const teller = new LineTeller(sql, clerks, scene, { kind: 'staff', id: clerk.id });
    await teller.restAndReturn(first);
    await teller.replaceCard(first);
    if (second) await teller.moveAndBeRefused(second);
  }
  scene.clock.moveTo(present);
}

class LineTeller {
  constructor(
    private readonly sql: Sql,
    private readonly clerks: LineClerks,
    private readonly scene: Ordering,
    private readonly actor: Actor,
  ) {}

  async restAndReturn({ id }: Line): Promise<void> {
    this.moveTo(9, 10);
    const through = DateTime.fromJSDate(this.scene.now, { zone: this.scene.zone }).minus({ days: 6 }).toISODate();
    await this.end(await this.clerks.suspensions.suspend(this.sql, id, through, this.actor), 38, 'done');
    this.moveTo(6, 9);
    await this.end(await this.clerks.suspensions.resume(this.sql, id, this.actor), 21, 'done');
  }

  async replaceCard({ id, operator_id }: Line): Promise<void> {
    const {
      cards: [card],
    } = await this.clerks.replacements.find(operator_id, '');
    if (!card) return;
    this.moveTo(4, 15);
    await this.end(await this.clerks.replacements.request(this.sql, id, card.id, this.actor), 47, 'done');
  }

  async moveAndBeRefused(line: Line): Promise<void> {
    this.moveTo(3, 12);
    const words = 'На этот тариф переводят раз в месяц';
    await this.end(await this.askForTariff(line), 95, 'refused', words);
  }

  private async askForTariff({ id, operator_id, tariff_version_id }: Line): Promise<string> {
    const offers = await this.clerks.tariffs.offers(operator_id);
    const other = offers.find(({ versionId, audience }) => versionId !== tariff_version_id && audience === 'phone');
    const wish = { tariffVersionId: other!.versionId, from: null };
    return this.clerks.tariffs.request(this.sql, id, wish, this.actor);
  }

  private async end(taskId: string, minutes: number, how: TaskEnding, words: string | null = null): Promise<void> {
    this.scene.clock.moveTo(new Date(this.scene.clock.now().getTime() + minutes * MINUTE_MS));
    await this.clerks.tasks.end(this.sql, taskId, how, { actor: this.actor, words });
  }

  private moveTo(days: number, hour: number): void {
    const { clock, now, zone } = this.scene;
    clock.moveTo(DateTime.fromJSDate(now, { zone }).minus({ days }).set({ hour, minute: 5 }).toJSDate());
  }
}
