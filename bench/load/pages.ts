import { Connection } from './connection.js';
import { measure } from './measure.js';
import { answer, orders } from './orders.js';

export interface PageLoad {
  port: number;
  path: string;
  /** One client for each session. */
  cookies: string[];
  seconds: number;
  warmUpSeconds: number;
}

/** People who look at one page again and again. */
const load = orders<PageLoad>();
const clients = load.cookies.map((cookie) => {
  const connection = new Connection(load.port);
  const request = [
    `GET ${load.path} HTTP/1.1`,
    `Host: 127.0.0.1:${load.port}`,
    'Accept: text/html',
    'Accept-Language: ru',
    `Cookie: ${cookie}`,
    '',
    '',
  ].join('\r\n');
  return () => connection.send(request);
});
answer(await measure(clients, load));
process.exit(0);
