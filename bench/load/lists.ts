import { Connection } from './connection.js';
import { measure, type Round } from './measure.js';
import { answer, orders } from './orders.js';

export interface ListLoad {
  /** Two products with a page each: in the reference there is little, in ours much. */
  reference: ListPage;
  ours: ListPage;
  rounds: number;
  /** Of each round. */
  seconds: number;
}

export interface ListPage {
  port: number;
  path: string;
  cookie: string;
}

/** One person who looks at a list again and again, at either product in turn. */
const { reference, ours, rounds, seconds } = orders<ListLoad>();
const look = async ({ port, path, cookie }: ListPage): Promise<Round> => {
  const connection = new Connection(port);
  const head = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Accept: text/html', 'Accept-Language: ru'];
  const request = [...head, `Cookie: ${cookie}`, '', ''].join('\r\n');
  const round = await measure([() => connection.send(request)], { seconds, warmUpSeconds: seconds / 4 });
  connection.close();
  return round;
};
// A process that has just started is still compiling what it runs.
await look(reference);
await look(ours);
const pairs: { reference: Round; ours: Round }[] = [];
for (let round = 0; round < rounds; round++) pairs.push({ reference: await look(reference), ours: await look(ours) });
answer(pairs);
process.exit(0);
