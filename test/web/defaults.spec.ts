import request from 'supertest';
import { useApp } from '../support/app.js';
import { textOf } from '../support/visitor.js';

const app = useApp();
const get = (path: string, headers: Record<string, string> = {}) => request(app.url).get(path).set(headers);

describe('every answer', () => {
  it('carries the policies', async () => {
    for (const path of ['/', '/nothing', '/api/nothing']) {
      const { headers } = await get(path);
      expect(headers['content-security-policy']).toBe(
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';" +
          "manifest-src 'self';worker-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none';object-src 'none'",
      );
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers['permissions-policy']).toContain('geolocation=()');
      expect(headers['strict-transport-security']).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  it('is kept by no cache where it is private', async () => {
    expect((await get('/cabinet')).headers['cache-control']).toBe('no-store');
    expect((await get('/admin/session/new')).headers['cache-control']).toBe('no-store');
    expect((await get('/')).headers['cache-control']).toBe('private, no-cache');
  });
});

describe('hosts', () => {
  it('are ours or none', async () => {
    const answer = await get('/', { Host: 'evil.example', Accept: 'text/html' });
    expect(answer.status).toBe(421);
    expect(answer.text).not.toContain('evil.example');
    expect((await get('/', { Host: 'localhost:1' })).status).toBe(200);
  });

  it('do not matter to balancers', async () => {
    expect((await get('/healthz', { Host: '10.0.0.7' })).status).toBe(200);
  });
});

describe('forms', () => {
  const post = (body: string, type = 'application/x-www-form-urlencoded') =>
    request(app.url).post('/theme').set({ 'Content-Type': type, Accept: 'text/html' }).send(body);

  it('are small and flat', async () => {
    expect((await post(`a=${'x'.repeat(100 * 1024)}`)).status).toBe(413);
    expect((await post(Array.from({ length: 201 }, (_, n) => `f${n}=1`).join('&'))).status).toBe(413);
    expect((await post('a=1', 'application/x-www-form-urlencoded; charset=koi8-r')).status).toBe(415);
  });
});

describe('what is not there', () => {
  it('is told to people in their language', async () => {
    const answer = await app.visitor().get('/nothing');
    expect(answer.status).toBe(404);
    expect(textOf(answer)).toContain('Такой страницы нет');
    const english = await get('/nothing', { Cookie: 'lang=en', Accept: 'text/html' });
    expect(textOf(english)).toContain('There is no such page');
  });

  it('is told to programs as problem+json, in Russian', async () => {
    const answer = await get('/api/nothing', { Cookie: 'lang=en' });
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(answer.text)).toMatchObject({ status: 404, code: 'not_found', title: 'Ничего не нашлось' });
  });

  it('is told to htmx in a piece of a page', async () => {
    const answer = await get('/nothing', { 'HX-Request': 'true', 'HX-Request-Type': 'partial', Accept: 'text/html' });
    expect(answer.text).not.toContain('<html');
    expect(textOf(answer)).toContain('Такой страницы нет');
  });

  it('includes addresses that do not parse', async () => {
    expect((await get('/legal/%E0%A4%A')).status).toBe(400);
  });
});

describe('language and theme', () => {
  it('are chosen once and kept for a year', async () => {
    const visitor = app.visitor();
    const answer = await visitor.get('/language/en?back=/help');
    expect([answer.status, answer.headers.location]).toEqual([303, '/help']);
    expect((await visitor.open('/help')).text).toContain('<html lang="en">');
    const token = /name="_csrf" value="([^"]+)"/.exec((await visitor.open('/help')).text)?.[1];
    expect((await visitor.post('/theme', { _csrf: token, theme: 'dark', back: '/help' })).status).toBe(303);
    expect((await visitor.open('/help')).text).toContain('<html lang="en" data-theme="dark">');
    await visitor.post('/theme', { _csrf: token, theme: 'system', back: '/help' });
    expect((await visitor.open('/help')).text).toContain('<html lang="en">');
  });

  it('lead back to pages of ours alone', async () => {
    for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', '']) {
      expect((await get(`/language/en?back=${encodeURIComponent(back)}`)).headers.location).toBe('/');
    }
    expect((await get('/language/de')).status).toBe(404);
  });
});

describe('behind https', () => {
  const secure = useApp({ env: { PUBLIC_URL: 'https://card.example', TRUST_PROXY: '1' } });

  it('cookies are bound to the host and the browser is told to stay with https', async () => {
    const answer = await request(secure.url).get('/').set({ Host: 'card.example', 'X-Forwarded-Proto': 'https' });
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    for (const cookie of [answer.headers['set-cookie']].flat()) {
      expect(cookie).toMatch(/^__Host-\w+=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    }
  });
});
