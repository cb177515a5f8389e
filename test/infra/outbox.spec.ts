import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { Database } from '../../src/infra/database/database.js';
import { Outbox, OUTBOX_QUEUE } from '../../src/infra/outbox/outbox.js';
import { useApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';

const app = useApp();
const delivered: string[] = [];
let failures = 0;

beforeAll(() => {
  app.get(Outbox).on('test', async (subjectId) => {
    if (failures-- > 0) throw new Error('the provider is away');
    delivered.push(subjectId);
  });
});

beforeEach(() => {
  delivered.length = 0;
  failures = 0;
});

async function put(subjectId: string, dueAt?: Date): Promise<void> {
  await app.get(Database).transaction((sql) => app.get(Outbox).put(sql, 'test', subjectId, dueAt));
}

async function openRows(): Promise<{ subject_id: string; rings: number }[]> {
  return app.database.query(`select subject_id, rings from outbox where topic = 'test' and done_at is null`);
}

test('what was rung for is delivered and done', async () => {
  await put('rung');
  app.get(Outbox).ring();
  await eventually(async () => expect(await openRows()).toEqual([]));
  expect(delivered).toEqual(['rung']);
});

test('what nobody rang for is found by the sweeper', async () => {
  await put('forgotten');
  await app.get(Outbox).sweep();
  await eventually(async () => expect(await openRows()).toEqual([]));
  expect(delivered).toEqual(['forgotten']);
});

test('what was rolled back is not delivered', async () => {
  const broken = app.get(Database).transaction(async (sql) => {
    await app.get(Outbox).put(sql, 'test', 'undone');
    throw new Error('changed my mind');
  });
  await expect(broken).rejects.toThrow('changed my mind');
  await app.get(Outbox).sweep();
  await put('done');
  await app.get(Outbox).sweep();
  await eventually(() => expect(delivered).toEqual(['done']));
});

test('a ring that was lost with the queue is rung again after a minute', async () => {
  const queue = app.get<Queue>(getQueueToken(OUTBOX_QUEUE) as never);
  await queue.pause();
  await put('lost');
  await app.get(Outbox).sweep();
  await queue.drain();
  await queue.resume();
  await app.get(Outbox).sweep();
  expect(await openRows()).toEqual([{ subject_id: 'lost', rings: 1 }]);
  app.clock.advance({ seconds: 61 });
  await app.get(Outbox).sweep();
  await eventually(async () => expect(await openRows()).toEqual([]));
  expect(delivered).toEqual(['lost']);
});

test('what failed is tried again later, with growing pauses', async () => {
  failures = 2;
  await put('stubborn');
  await app.get(Outbox).sweep();
  for (const rings of [1, 2]) {
    await eventually(async () => {
      const [row] = await app.database.query(
        `select rings, rung_at, extract(epoch from due_at - $1)::int as wait from outbox where subject_id = 'stubborn'`,
        [app.clock.now().toISOString()],
      );
      expect(row).toEqual({ rings, rung_at: null, wait: 2 ** rings });
    });
    app.clock.advance({ seconds: 2 ** rings });
    await app.get(Outbox).sweep();
  }
  await eventually(async () => expect(await openRows()).toEqual([]));
  expect(delivered).toEqual(['stubborn']);
});

test('what is due later waits for business time', async () => {
  await put('later', new Date(app.clock.now().getTime() + 3_600_000));
  await app.get(Outbox).sweep();
  expect(await openRows()).toEqual([{ subject_id: 'later', rings: 0 }]);
  app.clock.shift({ hours: 1 });
  await app.runDue();
  await eventually(() => expect(delivered).toEqual(['later']));
});

test('a job that runs twice finds the row done', async () => {
  await put('twice');
  await app.get(Outbox).sweep();
  await eventually(async () => expect(await openRows()).toEqual([]));
  const [row] = await app.database.query<{ id: string }>(`select id from outbox where subject_id = 'twice'`);
  await app.get(Outbox).deliver(row!.id);
  expect(delivered).toEqual(['twice']);
});
