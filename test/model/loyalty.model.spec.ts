import fc from 'fast-check';
import { TestApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { generated } from '../support/seed.js';
import { type Model, type Real, STAFF_STEPS, STEPS } from './commands.js';

/** `npm test` makes this many steps; MODEL_COMMANDS=10000 is the long run, in which staff act too. */
const COMMANDS = Number(process.env.MODEL_COMMANDS ?? 1000);
const RUNS_AT_ONCE = 5;
/** Runs begin before the turn of a month, a leap day or a year; each in a later year, for nothing runs backwards. */
const STARTS = ['02-27T23:59:55', '02-28T12:00:00', '12-31T23:00:00', '06-15T12:00:00'];

describe('the loyalty programme', () => {
  // Without runs of its own: the clock makes leaps of years, and `expire` is a step.
  const settings = { role: 'web', env: { POS_RATE: '100000', POS_BURST: '100000' } } as const;
  let app: TestApp;
  let other: TestApp;
  let tills: Pos[];
  let printed: string[];
  let staffId: string;

  beforeAll(async () => {
    app = await TestApp.start(settings);
    other = await TestApp.start({ ...settings, beside: app });
    tills = [await app.world.openTill(), other.pos((await app.world.openTill()).terminalKey)];
    printed = await app.world.printCards(COMMANDS);
    staffId = (await app.world.hire('manager')).id;
  });
  afterAll(async () => {
    await other.close();
    await app.close();
  });

  it(
    'does what its model does, step by step',
    async () => {
      const count = { commands: 0 };
      const { seed } = generated(`model of the loyalty programme, ${COMMANDS} commands`, COMMANDS);
      const begin = (start: string): { model: Model; real: Real } => {
        app.clock.set(`${app.clock.now().getUTCFullYear() + 1}-${start}+03:00`);
        return {
          model: { now: app.clock.now().getTime(), cards: [], customers: [], bought: [] },
          real: { app, tills, printed, past: [], count, staffId },
        };
      };
      const property = fc.asyncProperty(
        fc.constantFrom(...STARTS),
        fc.commands(process.env.MODEL_COMMANDS ? [...STEPS, ...STAFF_STEPS] : STEPS, { maxCommands: 120, size: 'max' }),
        async (start, steps) => {
          await fc.asyncModelRun(() => begin(start), steps);
          await app.expectBooksBalance();
        },
      );
      for (let round = 0; count.commands < COMMANDS; round++) {
        await fc.assert(property, { seed: seed + round, numRuns: RUNS_AT_ONCE, verbose: 1 });
      }
    },
    // A quarter of a second a command is many times what it takes.
    Math.max(240_000, COMMANDS * 250),
  );
});
