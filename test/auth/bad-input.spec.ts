import { useApp } from '../support/app.js';
import { customer } from './people.js';

const app = useApp({ env: { DEMO: '1' } });

const ODD = [
  '\u0000',
  '\ud800',
  'a\u0000b',
  '‮',
  '{{7*7}}',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '\r\nSet-Cookie: a=b',
  '9'.repeat(30_000),
];

const FORMS = [
  { page: '/session/new', action: '/session', fields: ['phone', 'password', 'back'] },
  { page: '/session/new', action: '/session/code', fields: ['phone', 'back'] },
  { page: '/reset_password/new', action: '/reset_password', fields: ['phone'] },
  { page: '/admin/session/new', action: '/admin/session', fields: ['email', 'password', 'back'] },
];

describe.each(FORMS)('the form for $action', ({ page, action, fields }) => {
  it('answers odd values and missing fields with a page, never with a fault', async () => {
    const visitor = app.visitor();
    const form = await visitor.get(page);
    const token = /name="_csrf" value="([^"]+)"/.exec(form.text)?.[1];
    const statuses = new Set([(await visitor.post(action, { _csrf: token })).status]);
    for (const value of ODD) {
      const typed = Object.fromEntries(fields.map((field) => [field, value]));
      statuses.add((await visitor.post(action, { ...typed, _csrf: token })).status);
    }
    expect([...statuses].filter((status) => ![303, 422, 429].includes(status))).toEqual([]);
  });
});

describe('addresses with odd parts', () => {
  it.each([
    '/session/code/none',
    '/session/code/01a202f8-adcb-726b-b9ab-db8eff476e74',
    '/cards/activate/none',
    '/cards/virtual/none',
    '/reset_password/none',
    '/reset_password/01a202f8-adcb-726b-b9ab-db8eff476e74~zzz~x',
    '/reset_password/%00',
    '/admin/invitation/none',
    '/admin/invitation/%00',
  ])('%s is not found', async (path) => {
    expect((await app.visitor().get(path)).status).toBe(404);
  });

  it('the inbox shows nothing for them', async () => {
    expect((await app.visitor().get('/dev/inbox.json?to=%00')).status).toBe(200);
    expect((await app.visitor().get('/dev/inbox?to=a&to=b')).status).toBe(200);
  });
});

describe('the profile', () => {
  it('takes no odd values', async () => {
    const { phone } = await customer(app);
    const visitor = await app.signInCustomer({ phone });
    const form = await visitor.get('/cabinet/profile');
    for (const field of ['surname', 'name', 'patronymic', 'birthDate', 'sex', 'email', 'language']) {
      for (const value of ODD.filter((odd) => !/[\0\u202e]/.test(odd))) {
        const answer = await visitor.submit(form, { language: 'ru', [field]: value }, '/cabinet/profile');
        expect([field, value.slice(0, 20), answer.status]).toEqual([field, value.slice(0, 20), 422]);
      }
    }
  });

  it('keeps nothing of what cannot be seen', async () => {
    const { phone } = await customer(app);
    const visitor = await app.signInCustomer({ phone });
    const named = { language: 'ru', surname: 'Пет\u0000рова', name: '\u202eИрина' };
    expect((await visitor.submit('/cabinet/profile', named, '/cabinet/profile')).status).toBe(303);
    const [kept] = await app.database.query(
      'select surname, name from customer c join login l on l.id = c.id where phone = $1',
      [phone],
    );
    expect(kept).toEqual({ surname: 'Петрова', name: 'Ирина' });
  });
});
