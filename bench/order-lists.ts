import type { Ground } from './ground.js';
import type { ListLoad, ListTimes } from './load/lists.js';
import { staffLogIn } from './log-ins.js';
import { Product, runScript } from './processes.js';
import type { Outcome, Size } from './scenarios.js';
import { CLERK, orderNumber, orderPhone } from './seed/orders.js';

const LIST = '/admin/orders';
/** Lists that are full at either size, so that the same is shown; searches that find one order. */
const LISTS = [
  ...['', '?mine=1', '?free=1', '?overdue=1', '?operator=mts', '?way=pickup', '?state=new', '?state=held'],
  ...['?state=cancelled', '?state=active&way=pickup', '?state=active&operator=mts', '?state=refused&mine=1'],
  ...['?view=board', '?view=board&mine=1'],
];

/** S4: the order desk's lists, board and search with many applications against few, each page on its own. */
export async function orderLists(
  ground: Ground,
  { seconds, warmUpSeconds, fewOrders, manyOrders }: Size,
): Promise<Outcome[]> {
  const lines = { LINES: 'loyalty,telecom' };
  const [few, many] = [
    await Product.start('web', await ground.createDesk('few_orders', fewOrders), ground.dataDir, lines),
    await Product.start('web', await ground.createDesk('many_orders', manyOrders), ground.dataDir, lines),
  ];
  try {
    const cookies = [await staffLogIn(few.port, CLERK), await staffLogIn(many.port, CLERK)] as const;
    const found: { ratio: number; line: string }[] = [];
    for (const [name, path] of paths()) {
      const times = await runScript<ListTimes>('load/lists.ts', {
        reference: { port: few.port, path: path(fewOrders), cookie: cookies[0] },
        ours: { port: many.port, path: path(manyOrders), cookie: cookies[1] },
        ...{ seconds, warmUpSeconds },
      } satisfies ListLoad);
      const [before, after] = [times.reference, times.ours];
      const ratio = after / before;
      found.push({ ratio, line: `${name}: ${before.toFixed(1)} ms → ${after.toFixed(1)} ms, ${ratio.toFixed(2)}` });
    }
    return [
      {
        ...{ id: 'S4', work: `order lists and search at ${manyOrders} orders to ${fewOrders}, the slowest` },
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
