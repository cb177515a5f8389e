import { setTimeout as sleep } from 'node:timers/promises';
import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../shared/clock.js';
import { Config } from '../config/config.js';
import { RunBook } from './run-book.js';
import { type Schedule, SCHEDULES } from './schedule.js';

const TICK_MS = 1_000;
/** How soon a run that failed is tried again: twice as late after each failure. */
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 300_000;
/** How long `runDue` waits for a run of another process. */
const PATIENCE_MS = 120_000;

/**
 * Makes the runs of src/schedules.ts when business time reaches them. Each run is a row that one process claims, so
 * ten workers make it once, and the row of a process that died is claimed again.
 */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Scheduler');
  private readonly running = new Map<string, Promise<void>>();
  /** Known without asking the database: before these times (business, real) there is nothing to do. */
  private readonly notBefore = new Map<string, { due: number; retry: number }>();
  private readonly failures = new Map<string, number>();
  private stopping = false;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly book: RunBook,
    private readonly modules: ModuleRef,
    private readonly orm: MikroORM,
    @Inject(SCHEDULES) private readonly schedules: readonly Schedule[],
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'all' && this.config.embedded) await this.book.giveBackAll();
  }

  @Interval(TICK_MS)
  tick(): void {
    if (!this.config.runsWorker || this.stopping) return;
    for (const schedule of this.schedules) {
      if (!this.running.has(schedule.name)) void this.advance(schedule, this.clock.now(), false);
    }
  }

  /** Makes every run that is due by `now`, here or wherever it was claimed; done when they are. */
  async runDue(now: Date): Promise<void> {
    this.notBefore.clear();
    await Promise.all(
      this.schedules.map(async (schedule) => {
        await this.running.get(schedule.name);
        await this.advance(schedule, now, true);
      }),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running.values());
  }

  private advance(schedule: Schedule, now: Date, patient: boolean): Promise<void> {
    const known = this.notBefore.get(schedule.name);
    if (known && (now.getTime() < known.due || performance.now() < known.retry)) return Promise.resolve();
    const work = this.makeRuns(schedule, now, patient)
      .catch((error: unknown) => {
        this.logger.error({ err: error, schedule: schedule.name, msg: 'a run failed, will be tried again' });
        const failures = this.failures.get(schedule.name) ?? 0;
        this.failures.set(schedule.name, failures + 1);
        const pause = Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS);
        this.notBefore.set(schedule.name, { due: 0, retry: performance.now() + pause });
      })
      .finally(() => this.running.delete(schedule.name));
    this.running.set(schedule.name, work);
    return work;
  }

  private async makeRuns(schedule: Schedule, now: Date, patient: boolean): Promise<void> {
    const { timeZone } = this.config;
    const giveUpAt = performance.now() + PATIENCE_MS;
    let due = await this.firstDue(schedule, now);
    while (due <= now && !this.stopping) {
      const claim = await this.book.claim(schedule.name, due);
      if (claim === 'running') {
        if (!patient || performance.now() > giveUpAt) return;
        await sleep(50);
        continue;
      }
      if (claim === 'mine') await this.makeRun(schedule, due, now);
      due = schedule.at.next(due, timeZone);
    }
    this.failures.delete(schedule.name);
    this.notBefore.set(schedule.name, { due: due.getTime(), retry: 0 });
  }

  private async firstDue({ name, at, missed }: Schedule, now: Date): Promise<Date> {
    const { timeZone } = this.config;
    const last = missed === 'each' ? await this.book.lastFinished(name) : undefined;
    return last ? at.next(last, timeZone) : at.latest(now, timeZone);
  }

  private async makeRun(schedule: Schedule, due: Date, now: Date): Promise<void> {
    const rooms = <Service>(service: new (...args: never[]) => Service) => this.modules.get(service, { strict: false });
    try {
      await RequestContext.create(this.orm.em, () => schedule.run(rooms, schedule.missed === 'each' ? due : now));
    } catch (error) {
      await this.book.giveBack(schedule.name, due);
      throw error;
    }
    await this.book.finish(schedule.name, due);
  }
}
