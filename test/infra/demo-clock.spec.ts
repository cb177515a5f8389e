import { DemoClock } from '../../src/infra/clock/demo-clock.js';
import { Database } from '../../src/infra/database/database.js';
import { useApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';

const DAY_MS = 86_400_000;
const app = useApp();
const shiftOf = (clock: DemoClock) => Math.round((clock.now().getTime() - clock.real().getTime()) / 1000) * 1000;

test('business time moves for all processes and restarts, real time does not', async () => {
  const [one, other] = [new DemoClock(app.get(Database)), new DemoClock(app.get(Database))];
  await one.onModuleInit();
  await other.onModuleInit();
  await one.advance(DAY_MS);
  expect(shiftOf(one)).toBe(DAY_MS);
  await eventually(() => expect(shiftOf(other)).toBe(DAY_MS));
  await Promise.all([one.advance(DAY_MS), other.advance(DAY_MS)]);
  const later = new DemoClock(app.get(Database));
  await later.onModuleInit();
  expect(shiftOf(later)).toBe(3 * DAY_MS);
  for (const clock of [one, other, later]) clock.beforeApplicationShutdown();
});

test('time does not go back', async () => {
  const clock = new DemoClock(app.get(Database));
  await clock.advance(0);
  const before = shiftOf(clock);
  await clock.advance(-DAY_MS);
  expect(shiftOf(clock)).toBe(before);
});
