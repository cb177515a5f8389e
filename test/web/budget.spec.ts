import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { customer } from '../auth/people.js';
import { useApp } from '../support/app.js';
import { page, type Visitor } from '../support/visitor.js';

const app = useApp();
const KB = 1024;

interface Weight {
  html: number;
  script: number;
  style: number;
  rest: number;
}

/** Gzipped bytes of a first visit: the page and everything that it names. Fonts and pictures are what they are. */
async function weigh(visitor: Visitor, path: string): Promise<Weight> {
  const answer = await visitor.open(path);
  const weight: Weight = { html: gzipSync(answer.text).length, script: 0, style: 0, rest: 0 };
  for (const url of filesOf(answer)) {
    const file = await request(app.url).get(url).buffer(true).parse(bytes).set('Accept-Encoding', 'identity');
    expect([url, file.status]).toEqual([url, 200]);
    expect(file.headers['cache-control']).toMatch(
      url.startsWith('/assets/') ? /^public, max-age=31536000, immutable$/ : /^public/,
    );
    const body = file.body as Buffer;
    const size = /\.(woff2|png|ico)$/.test(url) ? body.length : gzipSync(body).length;
    weight[url.endsWith('.js') ? 'script' : url.endsWith('.css') ? 'style' : 'rest'] += size;
  }
  return weight;
}

/** Styles, scripts, preloaded fonts, the icons' sprite, the small font that the styles name for the ruble sign. */
function filesOf(answer: Parameters<typeof page>[0]): string[] {
  const tree = page(answer);
  const named = [
    ...tree
      .querySelectorAll('link[rel=stylesheet], link[rel=preload], link[rel=icon]')
      .map((link) => link.getAttribute('href')),
    ...tree.querySelectorAll('script[src]').map((script) => script.getAttribute('src')),
    ...tree.querySelectorAll('use').map((use) => use.getAttribute('href')?.split('#')[0]),
  ];
  return [...new Set(named.filter((url): url is string => Boolean(url)))];
}

function bytes(answer: unknown, done: (error: Error | null, body: Buffer) => void): void {
  const stream = answer as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}

function expectLight(weight: Weight): void {
  expect(weight.script).toBeLessThan(25 * KB);
  expect(weight.style).toBeLessThan(20 * KB);
  expect(weight.html + weight.script + weight.style + weight.rest).toBeLessThan(100 * KB);
}

it.each(['/', '/session/new', '/cards/activate', '/help', '/legal/programme-rules', '/tariffs'])(
  '%s is light',
  async (path) => {
    expectLight(await weigh(app.visitor(), path));
  },
);

it('the cabinet is light', async () => {
  const { phone } = await customer(app);
  const visitor = await app.signInCustomer({ phone });
  for (const path of ['/cabinet', '/cabinet/points', '/cabinet/cards', '/cabinet/profile', '/card']) {
    expectLight(await weigh(visitor, path));
  }
});

it('the back office stays within what a desk may load', async () => {
  const clerk = await app.signInStaff(await app.world.hire('admin'));
  const { html, script, style, rest } = await weigh(clerk, '/admin');
  expect(html + script + style + rest).toBeLessThan(250 * KB);
});

it('files come compressed as they were built, and in no other way from outside their folder', async () => {
  const { text } = await app.visitor().open('/');
  const css = /\/assets\/customer-\w+\.css/.exec(text)?.[0] ?? '';
  const answer = await request(app.url).get(css).set('Accept-Encoding', 'br');
  expect(answer.headers).toMatchObject({ 'content-encoding': 'br', 'content-type': 'text/css; charset=utf-8' });
  for (const path of ['/assets/../assets.json', '/assets/%2e%2e/assets.json', '/assets.json', '/assets/nothing.css']) {
    expect((await request(app.url).get(path)).status).toBe(404);
  }
});
