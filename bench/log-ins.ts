import { Visitor } from '../test/support/visitor.js';

interface World {
  customers: { phone: string; password: string }[];
}

/** So many customers of the demo world, logged in: their cookies as a browser sends them. */
export async function logIns(port: number, count: number): Promise<string[]> {
  const url = `http://127.0.0.1:${port}`;
  const world = (await (await fetch(`${url}/dev/world.json`)).json()) as World;
  const cookies: string[] = [];
  for (const { phone, password } of world.customers.slice(0, count)) {
    const visitor = new Visitor(url);
    const answer = await visitor.submit('/session/new', { phone, password }, '/session');
    if (answer.status !== 303) throw new Error(`${phone} was not let in: ${answer.status}`);
    cookies.push(cookieOf(visitor));
  }
  return cookies;
}

export async function staffLogIn(port: number, clerk: { email: string; password: string }): Promise<string> {
  const visitor = new Visitor(`http://127.0.0.1:${port}`);
  const answer = await visitor.submit('/admin/session/new', clerk, '/admin/session');
  if (answer.status !== 303) throw new Error(`the clerk was not let in: ${answer.status}`);
  return cookieOf(visitor);
}

function cookieOf(visitor: Visitor): string {
  return visitor
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
}
