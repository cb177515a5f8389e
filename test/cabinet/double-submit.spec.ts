import type { Response } from 'supertest';
import { useApp } from '../support/app.js';
import { page, type Visitor } from '../support/visitor.js';

const app = useApp();
const CONSENTS = { rulesConsent: 'on', personalDataConsent: 'on' };

interface Asked {
  visitor: Visitor;
  path: string;
  fields: { _csrf: string; code: string };
}

/** The page that asks for the code, with the right one. */
async function asked(kind: 'activate' | 'virtual'): Promise<Asked> {
  const visitor = app.visitor();
  const phone = app.world.newPhone();
  const card = kind === 'activate' ? { card: await app.world.sellCard(await app.world.openTill()) } : {};
  const path = (await visitor.submit(`/cards/${kind}`, { phone, ...CONSENTS, ...card })).headers.location!;
  const token = page(await visitor.open(path))
    .querySelector('[name=_csrf]')!
    .getAttribute('value')!;
  return { visitor, path, fields: { _csrf: token, code: await app.codeSentTo(phone) } };
}

const PLACES = [
  ['activate', '/cabinet'],
  ['virtual', '/cabinet/cards'],
] as const;
const going = (answers: Response[]) => answers.map(({ status, headers }) => [status, headers.location]);

const cookieOf = (visitor: Visitor): string =>
  visitor
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');

/** With the cookies of a moment ago, as a browser sends a form whose first answer it threw away. */
function sendAs(cookie: string, path: string, fields: Asked['fields']) {
  return fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: app.url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
}

describe.each(PLACES)('«Подтвердить» of %s, pressed twice', (kind, place) => {
  it('leads to the same place twice', async () => {
    const { visitor, path, fields } = await asked(kind);
    const both = await Promise.all([visitor.post(path, fields, path), visitor.post(path, fields, path)]);
    expect(going(both)).toEqual([
      [303, place],
      [303, place],
    ]);
    expect((await visitor.get(place)).status).toBe(200);
    const made = await app.database.query('select from activation where id = $1 and completed_at is not null', [
      path.split('/').at(-1),
    ]);
    expect(made).toHaveLength(1);
  });

  it('logs in although the first answer never arrived', async () => {
    const { visitor, path, fields } = await asked(kind);
    const cookies = cookieOf(visitor);
    expect(going([await visitor.post(path, fields, path)])).toEqual([[303, place]]);
    const again = await sendAs(cookies, path, fields);
    expect([again.status, again.headers.get('location')]).toEqual([303, place]);
    expect(again.headers.getSetCookie().length).toBeGreaterThan(0);
  });

  it('is of no use with another code, in another browser, or later', async () => {
    const { visitor, path, fields } = await asked(kind);
    const cookies = cookieOf(visitor);
    await visitor.post(path, fields, path);
    const wrong = fields.code === '111111' ? '222222' : '111111';
    const opens = async (jar: string, sent: Asked['fields']): Promise<boolean> =>
      (await sendAs(jar, path, sent)).headers.getSetCookie().some((cookie) => cookie.includes('session'));
    expect(await opens(cookies, { ...fields, code: wrong })).toBe(false);
    const stranger = app.visitor();
    const token = page(await stranger.open('/session/new'))
      .querySelector('[name=_csrf]')!
      .getAttribute('value')!;
    expect(await opens(cookieOf(stranger), { ...fields, _csrf: token })).toBe(false);
    app.clock.advance({ minutes: 6 });
    expect(await opens(cookies, fields)).toBe(false);
  });
});
