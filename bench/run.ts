import { parseArgs } from 'node:util';
import { Ground } from './ground.js';
import { orderLists } from './order-lists.js';
import { verify } from './processes.js';
import { cabinetHome, expiry, growth, type Outcome, promotedPurchases, purchases, type Size } from './scenarios.js';

/**
 * npm run bench [-- --smoke] [-- --only S1,S2,S3,S4,S5,S6]: every line against its reference; 1 where a threshold is missed.
 * S1p and S2p, with ten promotions running, only when asked for.
 */
const FULL: Size = {
  ...{ rounds: 3, seconds: 5, warmUpSeconds: 2, readers: 8 },
  ...{ cards: 100_000, fewCards: 10_000, manyCards: 1_000_000, lots: 1_000_000 },
  ...{ fewOrders: 10_000, manyOrders: 1_000_000 },
};
/** Whether everything works; on machines that do much else besides, ratios say little. */
const SMOKE: Size = {
  ...{ rounds: 1, seconds: 2, warmUpSeconds: 1, readers: 4 },
  ...{ cards: 2_000, fewCards: 1_000, manyCards: 5_000, lots: 20_000 },
  ...{ fewOrders: 10_000, manyOrders: 20_000 },
};
const LENIENCE = 3;
const MOST_MEGABYTES = 350;

const { values } = parseArgs({ options: { smoke: { type: 'boolean' }, only: { type: 'string' } } });
const size = values.smoke ? SMOKE : FULL;
const wanted = values.only?.toUpperCase().split(',');
const scenarios = [
  { ids: ['S1', 'S2'], run: purchases },
  { ids: ['S1P', 'S2P'], run: promotedPurchases, asked: true },
  { ids: ['S3'], run: cabinetHome },
  { ids: ['S4'], run: orderLists },
  { ids: ['S5'], run: growth },
  { ids: ['S6'], run: expiry },
].filter(({ ids, asked }) => (wanted ? ids.some((id) => wanted.includes(id)) : !asked));

let missed = 0;
const ground = await Ground.prepare();
try {
  for (const { run } of scenarios) {
    const outcomes = await run(ground, size);
    outcomes.forEach(print);
    for (const url of new Set(outcomes.flatMap(({ books }) => books))) {
      if (!(await verify(url, ground.dataDir))) missed++;
    }
  }
} finally {
  await ground.remove();
}
process.exit(missed === 0 ? 0 : 1);

function print({ id, work, ratio, threshold, goal, smaller = false, lines, peakMemory }: Outcome): void {
  const lenience = values.smoke ? LENIENCE : 1;
  const limit = smaller ? threshold * lenience : threshold / lenience;
  const passed = smaller ? ratio <= limit : ratio >= limit;
  const sign = smaller ? '≤' : '≥';
  console.log(
    `\n${id}  ${work}: ${ratio.toFixed(2)}  ${passed ? 'passed' : 'MISSED'} (${sign} ${limit.toFixed(2)}, then ${sign} ${goal})`,
  );
  for (const line of lines) console.log(`    ${line}`);
  if (!passed) missed++;
  if (peakMemory !== undefined) {
    console.log(`    memory at most ${peakMemory} MB (≤ ${MOST_MEGABYTES})`);
    if (peakMemory > MOST_MEGABYTES) missed++;
  }
}
