import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Database } from '../database/database.js';

const FOLLOW_EVERY_MS = 1_000;

/**
 * Business time that visitors of the demo may move forward, never back. The shift is a row in the database: it holds
 * for every process (which look once a second; the one that moved it knows at once) and after restarts.
 */
@Injectable()
export class DemoClock extends Clock implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('DemoClock');
  private shiftMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {
    super();
  }

  now(): Date {
    return new Date(Date.now() + this.shiftMs);
  }

  real(): Date {
    return new Date();
  }

  /** Moves business time for all processes; answers the new time. */
  async advance(milliseconds: number): Promise<Date> {
    const rows = await this.database.query<{ shift: string }>(
      `insert into demo_world (clock_shift_ms) values ($1)
       on conflict (the_one) do update set clock_shift_ms = demo_world.clock_shift_ms + excluded.clock_shift_ms
       returning clock_shift_ms as shift`,
      [Math.max(0, Math.round(milliseconds))],
    );
    this.move(rows);
    return this.now();
  }

  async onModuleInit(): Promise<void> {
    await this.follow();
    this.timer = setInterval(() => {
      this.follow().catch((error: unknown) => this.logger.warn({ err: error, msg: 'the shift could not be read' }));
    }, FOLLOW_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async follow(): Promise<void> {
    this.move(await this.database.query<{ shift: string }>('select clock_shift_ms as shift from demo_world'));
  }

  private move([row]: { shift: string }[]): void {
    // Answers may overtake one another; time does not go back.
    this.shiftMs = Math.max(this.shiftMs, Number(row?.shift ?? 0));
  }
}
