import type { Ground } from './ground.js';
import type { Round } from './load/measure.js';
import type { PageLoad } from './load/pages.js';
import { staffLogIns } from './log-ins.js';
import { Product, runScript } from './processes.js';
import { inTurn, median } from './rounds.js';
import type { Outcome, Size } from './scenarios.js';
import { CLERK, orderNumber, orderPhone } from './seed/orders.js';

const LIST = '/admin/orders';
/** Lists that are full at either size, so that the same is shown; searches that find one order. */
const LISTS = [
  ...['', '?mine=1', '?free=1', '?overdue=1', '?operator=mts', '?way=pickup', '?state=new', '?state=held'],
  ...['?state=cancelled', '?state=active&way=pickup', '?state=active&operator=mts', '?state=refused&mine=1'],
  ...['?view=board', '?view=board&mine=1'],
];

/** S4: the order desk's lists, board and search with many applications against few, each path on its own. */
export async function orderLists(ground: Ground, size: Size): Promise<Outcome[]> {
  const lines = { LINES: 'loyalty,telecom' };
  const [few, many] = [
    await Product.start('web', await ground.createDesk('few_orders', size.fewOrders), ground.dataDir, lines),
    await Product.start('web', await ground.createDesk('many_orders', size.manyOrders), ground.dataDir, lines),
  ];
  try {
    const logIn = ({ port }: Product): Promise<string[]> => staffLogIns(port, size.readers, CLERK);
    const cookies = new Map([
      [few, await logIn(few)],
      [many, await logIn(many)],
    ]);
    const ask = (product: Product, orders: number, path: (orders: number) => string): Promise<Round> =>
      runScript<Round>('load/pages.ts', {
        ...{ port: product.port, path: path(orders), cookies: cookies.get(product) ?? [] },
        ...{ seconds: size.seconds / 2, warmUpSeconds: size.warmUpSeconds / 4 },
      } satisfies PageLoad);
    const found: { ratio: number; line: string }[] = [];
    for (const [name, path] of paths()) {
      const pairs = await inTurn(
        size.rounds,
        () => ask(few, size.fewOrders, path),
        () => ask(many, size.manyOrders, path),
      );
      const ratio = median(pairs.map(({ reference, ours }) => ours.median / reference.median));
      const [before, after] = [
        median(pairs.map((pair) => pair.reference.median)),
        median(pairs.map((pair) => pair.ours.median)),
      ];
      found.push({ ratio, line: `${name}: ${before.toFixed(1)} ms → ${after.toFixed(1)} ms, ${ratio.toFixed(2)}` });
    }
    return [
      {
        ...{ id: 'S4', work: `order lists and search at ${size.manyOrders} orders to ${size.fewOrders}, the slowest` },
        ...{ ratio: Math.max(...found.map(({ ratio }) => ratio)), threshold: 1.5, goal: 1.2, smaller: true },
        ...{ lines: found.map(({ line }) => line), books: [] },
      },
    ];
  } finally {
    await Promise.all([few.stop(), many.stop()]);
  }
}

function paths(): [name: string, path: (orders: number) => string][] {
  const middle = (orders: number): number => Math.floor(orders / 2);
  const number = (orders: number): string => orderNumber(middle(orders));
  const phone = (orders: number): string => orderPhone(middle(orders)).slice(1);
  return [
    ...LISTS.map((query): [string, () => string] => [`list ${query || 'of all'}`, () => LIST + query]),
    ['list by number', (orders) => `${LIST}?q=${number(orders)}`],
    ['list by phone', (orders) => `${LIST}?q=${phone(orders)}`],
    ['search box by number', (orders) => `/admin/search/results?q=${number(orders)}`],
    ['search box by phone', (orders) => `/admin/search/results?q=${phone(orders)}`],
  ];
}
