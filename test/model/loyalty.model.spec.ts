import fc from 'fast-check';
import { TestApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { generated } from '../support/seed.js';
import { Promotions } from '../../src/loyalty/promotions/promotions.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { EFFECTS, type Model, type Real, STEPS } from './commands.js';

/** `npm test` makes this many steps; MODEL_COMMANDS=10000 is the long run, in which each must have had its effect. */
const COMMANDS = Number(process.env.MODEL_COMMANDS ?? 500);
const LONG_RUN = 10_000;
const RUNS_AT_ONCE = 5;
/** So long a failure may take to become a small example; many times what the runs themselves take. */
const MOST_MS_AT_ONCE = 180_000;
/** Comes so seldom by chance that a long run may pass without it; `test/backoffice/merges` makes it happen. */
const RARE = ['customers merged with a hold', 'customers merged with a debt'];
/** Runs begin before the turn of a month, a leap day or a year; each in a later year, for nothing runs backwards. */
const STARTS = ['02-27T23:59:55', '02-28T12:00:00', '12-31T23:00:00', '06-15T12:00:00'];

describe('the loyalty programme', () => {
  // Without runs of its own: the clock makes leaps of years, and `expire` is a step.
  const settings = { role: 'web', env: { POS_RATE: '100000', POS_BURST: '100000' } } as const;
  let app: TestApp;
  let other: TestApp;
  let tills: Pos[];
  let stationIds: string[];
  let printed: string[];
  let staffId: string;

  beforeAll(async () => {
    app = await TestApp.start(settings);
    other = await TestApp.start({ ...settings, beside: app });
    const stations = [await app.world.openStation(), await app.world.openStation()];
    stationIds = stations.map(({ stationId }) => stationId);
    tills = stations.map(({ till }, index) => [app, other][index]!.pos(till.terminalKey));
    printed = await app.world.printCards(COMMANDS);
    staffId = (await app.world.hire('manager')).id;
  });
  afterAll(async () => {
    await other.close();
    await app.close();
  });

  /** What an earlier run left behind must not give points in the next. */
  async function endPromotions(): Promise<void> {
    const left = await app.database.query<{ id: string }>(`select id from promotion where state <> 'ended'`);
    for (const { id } of left) await app.get(Promotions).takeStep(id, 'ended', SYSTEM);
  }

  /** What happened by itself, as the database tells it. */
  async function silentEffects(): Promise<[string, number][]> {
    const [row] = await app.database.query<Record<string, number>>(
      `select (select count(*)::int from purchase where state = 'released') as "hold ran out",
              (select count(*)::int from transfer where kind = 'burn') as "points burnt",
              (select count(*)::int from promotion_use) as "caps counted"`,
    );
    return Object.entries(row!);
  }

  it(
    'does what its model does, step by step',
    async () => {
      const count: Real['count'] = { commands: 0, effects: new Map(EFFECTS.map((effect) => [effect, 0])) };
      const { seed } = generated(`model of the loyalty programme, ${COMMANDS} commands`, COMMANDS);
      const begin = async (start: string): Promise<{ model: Model; real: Real }> => {
        await endPromotions();
        app.clock.set(`${app.clock.now().getUTCFullYear() + 1}-${start}+03:00`);
        return {
          model: { now: app.clock.now().getTime(), cards: [], customers: [], bought: [], promotions: [] },
          real: { app, tills, stationIds, printed, past: [], count, staffId },
        };
      };
      const property = fc.asyncProperty(
        fc.constantFrom(...STARTS),
        fc.commands(STEPS, { maxCommands: 200, size: 'max' }),
        async (start, steps) => {
          await fc.asyncModelRun(() => begin(start), steps);
          await app.expectBooksBalance();
        },
      );
      const limit = fc.interruptAfterTimeLimit(MOST_MS_AT_ONCE, { failOnInterrupt: true });
      for (let round = 0; count.commands < COMMANDS; round++) {
        await fc.assert(property, { seed: seed + round, numRuns: RUNS_AT_ONCE, plugins: [limit] });
      }
      const effects = [...count.effects, ...(await silentEffects())];
      const told = effects.map(([what, times]) => `${what} ${times}`).join(', ');
      process.stdout.write(`model of the loyalty programme, SEED=${seed}: ${told}\n`);
      if (COMMANDS >= LONG_RUN) {
        expect(effects.filter(([what, times]) => times === 0 && !RARE.includes(what))).toEqual([]);
      }
    },
    // A quarter of a second a command is many times what it takes.
    Math.max(240_000, COMMANDS * 250),
  );
});
