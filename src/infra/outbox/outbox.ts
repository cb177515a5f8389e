import { InjectQueue } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';

export const OUTBOX_QUEUE = 'outbox';
export type Deliver = (subjectId: string) => Promise<void>;

/** After this long without a result a ring counts as lost: the queue was wiped, or the worker died. */
const RING_LOST_AFTER_SECONDS = 60;
const RINGS_AT_ONCE = 500;
const LONGEST_WAIT_SECONDS = 3600;

/** Thrown by a deliverer whose time has not come: nothing failed, and `dueAt` (business time) is when to ask again. */
export class NotYet extends Error {
  constructor(readonly dueAt: Date) {
    super(`not before ${dueAt.toISOString()}`);
  }
}

/**
 * What must happen after a commit and may not be lost: a row written in that very transaction.
 *
 * The row is the truth, the queue only a bell. Jobs may run twice and may vanish; the sweeper rings again for rows that
 * wait too long. So what a room registers with `on` must do no harm when it runs twice.
 */
@Injectable()
export class Outbox implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Outbox');
  private readonly deliverers = new Map<string, Deliver>();
  private ringing: Promise<void> | undefined;
  private rungMeanwhile = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @InjectQueue(OUTBOX_QUEUE) private readonly queue: Queue,
  ) {
    // Without a listener BullMQ writes to the console.
    queue.on('error', (error) => this.logger.warn(`queue: ${error.message}`));
  }

  /** Says, at start, what delivers the rows of a topic. */
  on(topic: string, deliver: Deliver): void {
    if (this.deliverers.has(topic)) throw new Error(`two rooms deliver “${topic}”`);
    this.deliverers.set(topic, deliver);
  }

  /** Inside the caller's transaction. `dueAt` is business time; without it the row is due at once. */
  async put(sql: Sql, topic: string, subjectId: string, dueAt = this.clock.now()): Promise<void> {
    const row = [newId(), topic, subjectId, dueAt.toISOString()];
    await sql.query('insert into outbox (id, topic, subject_id, due_at) values ($1, $2, $3, $4)', row);
  }

  /** The same for any number of rows of one topic, in one statement. */
  async putAll(sql: Sql, topic: string, subjectIds: readonly string[], dueAt: Date): Promise<void> {
    await sql.query(
      `insert into outbox (id, topic, subject_id, due_at)
       select id, $2, subject_id, $4 from unnest($1::uuid[], $3::text[]) as row (id, subject_id)`,
      [subjectIds.map(() => newId()), topic, subjectIds, dueAt.toISOString()],
    );
  }

  /** After the commit: lets a worker know now instead of at the next sweep. Never fails, never waits. */
  ring(): void {
    this.rungMeanwhile = true;
    this.ringing ??= this.ringWhileAsked().finally(() => (this.ringing = undefined));
  }

  /** Rings for every row that is due and whose last ring, if any, came to nothing. */
  async sweep(): Promise<void> {
    while ((await this.ringOnce()) === RINGS_AT_ONCE);
  }

  /** What a ring asks for. A failure is written to the row, which is tried again later; it throws nothing. */
  async deliver(id: string): Promise<void> {
    const [row] = await this.database.query<{ topic: string; subject_id: string; rings: number }>(
      'select topic, subject_id, rings from outbox where id = $1 and done_at is null',
      [id],
    );
    if (!row) return;
    try {
      const deliver = this.deliverers.get(row.topic);
      if (!deliver) throw new Error(`nobody delivers “${row.topic}”`);
      await deliver(row.subject_id);
    } catch (error) {
      if (error instanceof NotYet) return this.waitUntil(id, error.dueAt);
      this.logger.warn({ err: error, topic: row.topic, rings: row.rings, msg: 'delivery failed, will be tried again' });
      return this.tryLater(id, row.rings);
    }
    await this.database.query('update outbox set done_at = now() where id = $1 and done_at is null', [id]);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.ringing;
  }

  private async ringWhileAsked(): Promise<void> {
    try {
      while (this.rungMeanwhile) {
        this.rungMeanwhile = false;
        await this.sweep();
      }
    } catch (error) {
      this.logger.warn({ err: error, msg: 'the bell did not ring; the sweeper will' });
    }
  }

  private async ringOnce(): Promise<number> {
    const rows = await this.database.query<{ id: string; rings: number }>(
      `update outbox set rung_at = $2, rings = rings + 1
       where id in (
         select id from outbox
         where done_at is null and due_at <= $1 and (rung_at is null or rung_at < $2::timestamptz - $3 * interval '1 second')
         order by due_at limit $4 for update skip locked)
       returning id, rings`,
      [this.clock.now().toISOString(), this.clock.real().toISOString(), RING_LOST_AFTER_SECONDS, RINGS_AT_ONCE],
    );
    // Another id for each ring: the queue drops jobs whose id it still knows from a ring that came to nothing.
    const jobs = rows.map(({ id, rings }) => ({ name: 'deliver', data: { id }, opts: { jobId: `${id}-${rings}` } }));
    if (jobs.length > 0) await this.queue.addBulk(jobs);
    return rows.length;
  }

  private tryLater(id: string, rings: number): Promise<void> {
    const seconds = Math.min(2 ** rings, LONGEST_WAIT_SECONDS);
    return this.waitUntil(id, new Date(this.clock.now().getTime() + seconds * 1000));
  }

  private async waitUntil(id: string, dueAt: Date): Promise<void> {
    await this.database.query('update outbox set rung_at = null, due_at = $2 where id = $1 and done_at is null', [
      id,
      dueAt.toISOString(),
    ]);
  }
}
