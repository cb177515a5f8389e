import { Connection } from './connection.js';
import { answer, orders } from './orders.js';

export interface ListLoad {
  /** Two products with a page each: in the reference there is little, in ours much. */
  reference: ListPage;
  ours: ListPage;
  seconds: number;
  warmUpSeconds: number;
}

export interface ListPage {
  port: number;
  path: string;
  cookie: string;
}

/** Medians in milliseconds. */
export interface ListTimes {
  reference: number;
  ours: number;
}

/** One person who asks either product in turn, page by page: whatever else the machine does meets both alike. */
const load = orders<ListLoad>();
const [reference, ours] = [asking(load.reference), asking(load.ours)];
const began = performance.now() + load.warmUpSeconds * 1000;
const ended = began + load.seconds * 1000;
for (let now = performance.now(); now < ended; now = performance.now()) {
  await reference(now >= began);
  await ours(now >= began);
}
answer({ reference: median(await reference(true)), ours: median(await ours(true)) } satisfies ListTimes);
process.exit(0);

function asking({ port, path, cookie }: ListPage): (counts: boolean) => Promise<number[]> {
  const connection = new Connection(port);
  const head = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Accept: text/html', 'Accept-Language: ru'];
  const request = [...head, `Cookie: ${cookie}`, '', ''].join('\r\n');
  const times: number[] = [];
  return async (counts) => {
    const from = performance.now();
    const status = await connection.send(request);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    if (counts) times.push(performance.now() - from);
    return times;
  };
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Infinity;
}
