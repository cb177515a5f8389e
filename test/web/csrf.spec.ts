import request from 'supertest';
import { useApp } from '../support/app.js';
import { page, textOf } from '../support/visitor.js';

const app = useApp();

/** The log-in form as a stranger got it: his cookies and his token. */
async function formOf(path = '/session/new'): Promise<{ cookies: string; token: string }> {
  const answer = await request(app.url).get(path);
  const cookies = [answer.headers['set-cookie']].flat().map((line) => line?.split(';')[0]);
  const token = page(answer).querySelector('input[name="_csrf"]')?.getAttribute('value') ?? '';
  return { cookies: cookies.join('; '), token };
}

function send(cookies: string, token: string, headers: Record<string, string> = {}) {
  return request(app.url)
    .post('/theme')
    .type('form')
    .set({ Cookie: cookies, Accept: 'text/html', ...headers })
    .send({ _csrf: token, theme: 'dark', back: '/help' });
}

it('lets a form with its own token through, in the body or in a header', async () => {
  const { cookies, token } = await formOf();
  expect((await send(cookies, token)).headers.location).toBe('/help');
  expect((await send(cookies, '', { 'x-csrf-token': token })).status).toBe(303);
});

it('answers a page to forms without token, with a made-up one or with somebody else’s', async () => {
  const mine = await formOf();
  const theirs = await formOf();
  for (const token of ['', 'x', theirs.token, `${mine.token}0`]) {
    const answer = await send(mine.cookies, token);
    expect(answer.status).toBe(403);
    expect(textOf(answer)).toContain('Страница устарела');
  }
  expect((await send('', mine.token)).status).toBe(403);
});

it('refuses what another site sent, even with a token', async () => {
  const { cookies, token } = await formOf();
  for (const site of ['cross-site', 'same-site']) {
    expect((await send(cookies, token, { 'Sec-Fetch-Site': site })).status).toBe(403);
  }
  expect((await send(cookies, token, { Origin: 'https://evil.example' })).status).toBe(403);
  expect((await send(cookies, token, { Origin: 'null' })).status).toBe(403);
  expect((await send(cookies, token, { Origin: app.url })).status).toBe(303);
});

it('guards every unsafe method, addresses that do not exist included', async () => {
  for (const method of ['post', 'put', 'patch', 'delete'] as const) {
    expect((await request(app.url)[method]('/nothing/here')).status).toBe(403);
  }
});

it('does not ask machines', async () => {
  expect((await request(app.url).post('/api/pos/v1/purchases').send({})).status).toBe(401);
});

it('lets anybody choose how the pages look, at whichever door they are', async () => {
  const staff = await app.signInStaff(await app.world.hire('manager'));
  const customer = await app.signInCustomer({ phone: (await app.world.activeCard(await app.world.openTill())).phone });
  const doors = [
    [staff, '/admin'],
    [staff, '/'],
    [customer, '/cabinet/profile'],
    [customer, '/admin/session/new'],
    [app.visitor(), '/admin/session/new'],
    [app.visitor(), '/help'],
  ] as const;
  for (const [visitor, path] of doors) {
    const answer = await visitor.submit(path, { theme: 'dark' }, /theme$/);
    expect([path, answer.status, answer.headers.location]).toEqual([path, 303, path]);
    expect(
      page(await visitor.open(path))
        .querySelector('html')
        ?.getAttribute('data-theme'),
    ).toBe('dark');
    const spoken = await visitor.get(`/language/en?back=${path}`);
    expect([spoken.status, spoken.headers.location]).toEqual([303, path]);
    expect(
      page(await visitor.open(path))
        .querySelector('html')
        ?.getAttribute('lang'),
    ).toBe('en');
  }
});
