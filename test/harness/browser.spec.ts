import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expectAccessible, expectNoSidewaysScroll, screenshot, useBrowser } from '../support/browser.js';

const HTML = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Проба</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Проба</h1><p>Кириллица видна</p></main></body></html>`;

describe('the browser', () => {
  const browser = useBrowser();
  let server: Server;
  let baseUrl: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', request.url === '/favicon.ico' ? 'image/x-icon' : 'text/html; charset=utf-8');
      response.end(request.url === '/favicon.ico' ? '' : HTML);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  it('opens a page on a phone, checks it and takes its picture', async () => {
    const page = await browser.open({ baseUrl, theme: 'dark', scale: 2 });
    await page.goto('/');
    expect(await page.textContent('h1')).toBe('Проба');
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    const png = await screenshot(page, 'harness');
    expect(png.readUInt32BE(16)).toBe(780);
  });
});
