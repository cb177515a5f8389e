import { setTimeout as sleep } from 'node:timers/promises';
import { MikroORM } from '@mikro-orm/postgresql';
import { ModuleRef } from '@nestjs/core';
import { Config } from '../../src/infra/config/config.js';
import { Database } from '../../src/infra/database/database.js';
import { daily, every } from '../../src/infra/schedule/recurrence.js';
import { RunBook } from '../../src/infra/schedule/run-book.js';
import type { Schedule } from '../../src/infra/schedule/schedule.js';
import { Scheduler } from '../../src/infra/schedule/scheduler.js';
import { useApp } from '../support/app.js';

const app = useApp({ env: { DATABASE_POOL: '30' } });
const runs: string[] = [];

/** A scheduler as another worker process would have it. */
function worker(...schedules: Schedule[]): Scheduler {
  const book = new RunBook(app.get(Database));
  return new Scheduler(app.get(Config), app.clock, book, app.get(ModuleRef), app.get(MikroORM), schedules);
}

function noting(name: string, missed: Schedule['missed'], at = daily('00:00')): Schedule {
  return {
    name,
    at,
    missed,
    async run(_rooms, now) {
      runs.push(`${name} ${now.toISOString()}`);
      await sleep(20);
    },
  };
}

beforeEach(() => {
  runs.length = 0;
});

test('ten workers make a run once', async () => {
  const workers = Array.from({ length: 10 }, () =>
    worker(noting('once-for-all', 'once'), noting('each-for-all', 'each')),
  );
  await Promise.all(workers.map((one) => one.runDue(app.clock.now())));
  await Promise.all(workers.map((one) => one.runDue(app.clock.now())));
  expect(runs).toHaveLength(2);
});

test('missed runs are made up one by one in their order, or once', async () => {
  const one = worker(noting('daily-each', 'each'), noting('daily-once', 'once'), noting('sweep', 'once', every(5)));
  await one.runDue(app.clock.now());
  runs.length = 0;
  app.clock.shift({ days: 3 });
  await Promise.all([one.runDue(app.clock.now()), worker(noting('daily-each', 'each')).runDue(app.clock.now())]);
  expect(runs.filter((run) => run.startsWith('daily-each'))).toEqual([
    'daily-each 2026-06-15T21:00:00.000Z',
    'daily-each 2026-06-16T21:00:00.000Z',
    'daily-each 2026-06-17T21:00:00.000Z',
  ]);
  expect(runs.filter((run) => run.startsWith('daily-once'))).toHaveLength(1);
  expect(runs.filter((run) => run.startsWith('sweep'))).toHaveLength(1);
});

test('a run whose process died is claimed again ten minutes later, and not before', async () => {
  const schedule = noting('widowed', 'once');
  const due = schedule.at.latest(app.clock.now(), 'Europe/Moscow');
  await new RunBook(app.get(Database)).claim('widowed', due);
  expect(await new RunBook(app.get(Database)).claim('widowed', due)).toBe('running');
  await app.database.query(`update schedule_run set started_at = now() - interval '11 minutes' where name = 'widowed'`);
  await worker(schedule).runDue(app.clock.now());
  expect(runs).toHaveLength(1);
});

test('a run that failed is made at the next opportunity', async () => {
  let fails = true;
  const flaky: Schedule = {
    name: 'flaky',
    at: daily('00:00'),
    missed: 'each',
    async run(_rooms, now) {
      if (fails) throw new Error('not today');
      runs.push(now.toISOString());
    },
  };
  const one = worker(flaky);
  await one.runDue(app.clock.now());
  expect(runs).toEqual([]);
  fails = false;
  await one.runDue(app.clock.now());
  expect(runs).toHaveLength(1);
});

test('days begin in the programme’s zone, also where its clocks change', () => {
  const midnight = daily('00:00');
  const latest = midnight.latest(new Date('2026-10-24T22:30:00Z'), 'Europe/Berlin');
  expect(latest.toISOString()).toBe('2026-10-24T22:00:00.000Z');
  expect(midnight.next(latest, 'Europe/Berlin').toISOString()).toBe('2026-10-25T23:00:00.000Z');
});

test('what is old is forgotten', async () => {
  await app.database.query(
    `insert into rate_limit (key, points, expire) values ('old', 1, 1), ('new', 1, extract(epoch from now() + interval '1 day') * 1000);
     insert into customer_session (sid, sess, expire) values ('old', '{}', now() - interval '1 minute'), ('new', '{}', now() + interval '1 day')`,
  );
  app.clock.shift({ days: 1 });
  await app.runDue();
  const left = await app.database.query('select key as id from rate_limit union all select sid from customer_session');
  expect(left).toEqual([{ id: 'new' }, { id: 'new' }]);
});
