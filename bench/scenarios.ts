import type { Ground } from './ground.js';
import type { PageLoad } from './load/pages.js';
import type { Round } from './load/measure.js';
import type { PurchaseLoad } from './load/purchases.js';
import { logIns } from './log-ins.js';
import { Product, runScript, startServer } from './processes.js';
import type { BarePage } from './reference/page.js';
import type { ReferenceLoad } from './reference/purchases.js';
import { inTurn, median, type Pair } from './rounds.js';

export interface Size {
  rounds: number;
  seconds: number;
  warmUpSeconds: number;
  cards: number;
  /** S5 compares these. */
  fewCards: number;
  manyCards: number;
  /** S4 compares these. */
  fewOrders: number;
  manyOrders: number;
  /** S6 burns so many. */
  lots: number;
  /** Clients that look at pages. */
  readers: number;
}

export interface Outcome {
  id: string;
  work: string;
  ratio: number;
  /** At first, and then. */
  threshold: number;
  goal: number;
  smaller?: boolean;
  lines: string[];
  /** Databases whose books are to be proved. */
  books: string[];
  peakMemory?: number;
}

const CLIENTS = 32;
const CONNECTIONS = 16;
const HOME = '/cabinet';

/** S1: purchases on cards drawn at random; S2: all of them on one card. */
export async function purchases(ground: Ground, size: Size): Promise<Outcome[]> {
  const ours = await ground.createDatabase('purchases', size.cards);
  return comparePurchases(ground, size, { ours, reference: await ground.copyDatabase('purchases', 'reference') });
}

/** S1p and S2p: the same while ten promotions run; the reference knows of none. */
export async function promotedPurchases(ground: Ground, size: Size): Promise<Outcome[]> {
  const ours = await ground.createDatabase('promoted', size.cards);
  const reference = await ground.copyDatabase('promoted', 'promoted_reference');
  await ground.promote('promoted');
  const outcomes = await comparePurchases(ground, size, { ours, reference });
  return outcomes.map((outcome) => ({ ...outcome, id: `${outcome.id}p`, work: `${outcome.work}, ten promotions` }));
}

async function comparePurchases(
  ground: Ground,
  size: Size,
  { ours, reference }: { ours: string; reference: string },
): Promise<Outcome[]> {
  const product = await Product.start('web', ours, ground.dataDir);
  try {
    const compare = (cards: number): Promise<Pair[]> =>
      inTurn(
        size.rounds,
        () => runScript<Round>('reference/purchases.ts', referenceLoad(reference, cards, size)),
        () => runScript<Round>('load/purchases.ts', purchaseLoad(product, cards, size)),
      );
    const [many, one] = [await compare(size.cards), await compare(1)];
    const peakMemory = product.peakMemory;
    return [
      {
        id: 'S1',
        work: `purchases, ${size.cards} cards`,
        ...throughput(many),
        threshold: 0.5,
        goal: 1.2,
        books: [ours],
        peakMemory,
      },
      { id: 'S2', work: 'purchases, one card', ...throughput(one), threshold: 1.0, goal: 3.0, books: [ours] },
    ];
  } finally {
    await product.stop();
  }
}

/** S3: the cabinet's first page, against its template with ready data on bare Express. */
export async function cabinetHome(ground: Ground, size: Size): Promise<Outcome[]> {
  const url = await ground.createDatabase('cabinet');
  const demo = { DEMO: '1', LOG_LEVEL: 'info' };
  await (await Product.start('all', url, ground.dataDir, demo)).stop();
  const product = await Product.start('web', url, ground.dataDir, demo);
  const closers = [() => product.stop()];
  try {
    const cookies = await logIns(product.port, size.readers);
    // Its standard output is for its port alone.
    const env = { ...product.environment, LOG_LEVEL: 'fatal' };
    const bare = await startServer('reference/page.ts', { env, path: HOME, cookie: cookies[0]! } satisfies BarePage);
    closers.push(() => bare.stop());
    const load = (port: number): PageLoad => ({
      ...{ port, path: HOME, cookies },
      ...{ seconds: size.seconds, warmUpSeconds: size.warmUpSeconds },
    });
    const pairs = await inTurn(
      size.rounds,
      () => runScript<Round>('load/pages.ts', load(bare.port)),
      () => runScript<Round>('load/pages.ts', load(product.port)),
    );
    return [{ id: 'S3', work: 'cabinet home', ...throughput(pairs), threshold: 0.35, goal: 0.6, books: [url] }];
  } finally {
    await Promise.all(closers.map((close) => close()));
  }
}

/** S5: S1's median with many cards against few. */
export async function growth(ground: Ground, size: Size): Promise<Outcome[]> {
  const urls = [
    await ground.createDatabase('few', size.fewCards),
    await ground.createDatabase('many', size.manyCards),
  ] as const;
  const [few, many] = [
    await Product.start('web', urls[0], ground.dataDir),
    await Product.start('web', urls[1], ground.dataDir),
  ];
  try {
    const pairs = await inTurn(
      size.rounds,
      () => runScript<Round>('load/purchases.ts', purchaseLoad(few, size.fewCards, size)),
      () => runScript<Round>('load/purchases.ts', purchaseLoad(many, size.manyCards, size)),
    );
    const ratio = median(pairs.map(({ reference, ours }) => ours.median / reference.median));
    const work = `median at ${size.manyCards} cards to ${size.fewCards}`;
    const lines = pairs.map((pair) => `${pair.reference.median.toFixed(2)} ms → ${pair.ours.median.toFixed(2)} ms`);
    return [{ id: 'S5', work, ratio, threshold: 1.3, goal: 1.1, smaller: true, lines, books: [...urls] }];
  } finally {
    await Promise.all([few.stop(), many.stop()]);
  }
}

/** S6: the nightly run over lots that are all due, against plain SQL that writes the same rows. */
export async function expiry(ground: Ground, { lots }: Size): Promise<Outcome[]> {
  const ours = await ground.createDatabase('expiry', lots);
  const reference = await ground.copyDatabase('expiry', 'expiry_reference');
  const inTwoYears = new Date(Date.now() + 2 * 366 * 86_400_000).toISOString();
  const bare = await runScript<{ seconds: number }>('reference/expiry.ts', { url: reference, now: inTwoYears });
  const product = await runScript<{ seconds: number }>('load/expiry.ts', { url: ours, now: inTwoYears });
  return [
    {
      ...{ id: 'S6', work: `${lots} lots burn`, threshold: 5, goal: 2, smaller: true },
      ratio: product.seconds / bare.seconds,
      lines: [`${bare.seconds.toFixed(1)} s → ${product.seconds.toFixed(1)} s`],
      books: [ours, reference],
    },
  ];
}

function purchaseLoad({ port }: Product, cards: number, { seconds, warmUpSeconds }: Size): PurchaseLoad {
  return { port, clients: CLIENTS, cards, seconds, warmUpSeconds };
}

function referenceLoad(url: string, cards: number, { seconds, warmUpSeconds }: Size): ReferenceLoad {
  return { url, connections: CONNECTIONS, cards, seconds, warmUpSeconds };
}

function throughput(pairs: readonly Pair[]): Pick<Outcome, 'ratio' | 'lines'> {
  return {
    ratio: median(pairs.map(({ reference, ours }) => ours.perSecond / reference.perSecond)),
    lines: pairs.map(({ reference, ours }) => `${inWords(reference)} → ${inWords(ours)}`),
  };
}

function inWords({ perSecond, median: half, p99 }: Round): string {
  return `${perSecond.toFixed(0)}/s (median ${half.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms)`;
}
