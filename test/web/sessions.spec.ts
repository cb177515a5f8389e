import { customer } from '../auth/people.js';
import { useApp } from '../support/app.js';
import type { Visitor } from '../support/visitor.js';

const app = useApp();

const CABINET = '/cabinet/profile';
const rows = async (table: 'customer_session' | 'staff_session') =>
  Number((await app.database.query<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n);
const isIn = async (visitor: Visitor, path = CABINET) => (await visitor.get(path)).status === 200;

async function customerIn(): Promise<Visitor> {
  const { phone } = await customer(app);
  return app.signInCustomer({ phone });
}

async function staffIn(): Promise<Visitor> {
  return app.signInStaff(await app.world.hire('admin'));
}

/** From a page of one's own, as the browser's script does. */
async function pressStay(visitor: Visitor, path = CABINET): Promise<number> {
  const token = /data-csrf="([^"]+)"/.exec((await visitor.get(path)).text)?.[1];
  const answer = await visitor.post(
    path.startsWith('/admin') ? '/admin/session/stay' : '/session/stay',
    { _csrf: token },
    path,
  );
  return answer.status;
}

it('makes no row for strangers, whatever they open or send', async () => {
  const stranger = app.visitor();
  const before = await rows('customer_session');
  await stranger.open('/');
  await stranger.submit('/session/new', { phone: '+79210000000', password: 'wrong' }, '/session');
  expect(await rows('customer_session')).toBe(before);
  expect(stranger.cookies().map(({ name }) => name)).not.toContain('sid');
});

it('gives a cookie that scripts and other sites cannot use', async () => {
  const { phone } = await customer(app);
  const visitor = app.visitor();
  const asked = await visitor.submit('/session/new', { phone }, '/session/code');
  const answer = await visitor.submit(await visitor.follow(asked), { code: await app.codeSentTo(phone) });
  const cookie = [answer.headers['set-cookie']].flat().find((line) => line?.startsWith('sid='));
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
});

it('ends a quarter of an hour after the last sign of life', async () => {
  const visitor = await customerIn();
  const before = await rows('customer_session');
  app.clock.advance({ minutes: 14 });
  expect(await isIn(visitor)).toBe(true);
  app.clock.advance({ minutes: 14 });
  expect(await isIn(visitor)).toBe(true);
  app.clock.advance({ minutes: 15 });
  const answer = await visitor.get(CABINET);
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe(`/session/new?ended=1&back=${encodeURIComponent(CABINET)}`);
  const again = await visitor.get(CABINET);
  expect(again.headers.location).not.toContain('ended');
  expect(await rows('customer_session')).toBe(before - 1);
});

it('lasts half an hour for staff, and twelve hours at most for everybody', async () => {
  const staff = await staffIn();
  app.clock.advance({ minutes: 29 });
  expect(await isIn(staff, '/admin')).toBe(true);
  for (let minutes = 29; minutes < 12 * 60 - 20; minutes += 20) {
    app.clock.advance({ minutes: 20 });
    expect(await isIn(staff, '/admin')).toBe(true);
  }
  app.clock.advance({ minutes: 20 });
  expect(await isIn(staff, '/admin')).toBe(false);
});

it('is not prolonged by polls that nobody asked for', async () => {
  const visitor = await customerIn();
  app.clock.advance({ minutes: 10 });
  const [sid] = visitor.cookies().filter(({ name }) => name === 'sid');
  const poll = await fetch(app.url + CABINET, { headers: { cookie: `sid=${sid?.value}`, 'x-background': '1' } });
  expect(poll.status).toBe(200);
  app.clock.advance({ minutes: 6 });
  expect(await isIn(visitor)).toBe(false);
});

it('goes on when its owner stays', async () => {
  const visitor = await customerIn();
  app.clock.advance({ minutes: 14 });
  expect(await pressStay(visitor)).toBe(204);
  app.clock.advance({ minutes: 14 });
  expect(await isIn(visitor)).toBe(true);
  expect(await pressStay(await staffIn(), '/admin')).toBe(204);
});

it('tells the page how long it lasts', async () => {
  const visitor = await customerIn();
  app.clock.advance({ minutes: 5 });
  expect((await visitor.get(CABINET)).text).toContain('data-session-seconds="900"');
  expect((await app.visitor().open('/')).text).not.toContain('data-session-seconds');
});

it('of customers opens nothing of staff, and the other way round', async () => {
  const buyer = await customerIn();
  const clerk = await staffIn();
  expect((await buyer.get('/admin')).headers.location).toMatch(/^\/admin\/session\/new/);
  expect((await clerk.get(CABINET)).headers.location).toMatch(/^\/session\/new/);
  const [theirs] = buyer.cookies().filter(({ name }) => name === 'sid');
  const smuggled = await fetch(`${app.url}/admin`, {
    headers: { cookie: `staff-sid=${theirs?.value}` },
    redirect: 'manual',
  });
  expect(smuggled.status).toBe(303);
});

it('is gone after a log-out, with what the browser kept', async () => {
  const visitor = await customerIn();
  const before = await rows('customer_session');
  const answer = await visitor.submit(CABINET, {}, '/session/end');
  expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
  expect(await rows('customer_session')).toBe(before - 1);
});

it('takes what was sent too late back to the log-in', async () => {
  const visitor = await customerIn();
  const page = await visitor.get(CABINET);
  app.clock.advance({ minutes: 16 });
  const answer = await visitor.submit(page, { name: 'Ирина' }, '/cabinet/profile');
  expect([answer.status, answer.headers.location]).toEqual([
    303,
    `/session/new?ended=1&back=${encodeURIComponent(CABINET)}`,
  ]);
});
