import { TestApp, useApp } from '../support/app.js';
import { fieldErrors, page, textOf } from '../support/visitor.js';
import { askForCall, sendForm, stateOf } from './asking.js';

const app = useApp({
  role: 'web',
  env: { CALLBACKS_PER_IP_HOUR: '500', CALLBACKS_PER_PREFIX_HOUR: '500', LINES: 'loyalty,telecom' },
});

const NOON = '2026-06-15T12:00:00+03:00';
const at = (hour: string) => `2026-06-${hour}+03:00`;
beforeEach(() => app.clock.set(NOON));

const countOf = async (phone: string) =>
  (await app.database.query('select from callback where phone = $1', [phone])).length;

describe('the form', () => {
  it('is one link away from every public page', async () => {
    for (const path of ['/', '/help', '/contacts', '/session/new', '/cards/virtual', '/legal/privacy']) {
      const links = page(await app.visitor().open(path)).querySelectorAll('header a, footer a');
      const paths = links.map((link) => link.getAttribute('href')).filter((href) => href?.startsWith('/callback'));
      expect(paths).toEqual(Array(2).fill(`/callback?from=${encodeURIComponent(path)}`));
    }
  });

  it('takes a phone, and says until when we call', async () => {
    const visitor = app.visitor();
    const answer = await sendForm(app, visitor, { phone: '8 (921) 555-01-01', name: 'Ирина' });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toMatch(/^\/callback\/[\w-]{22}$/);
    const followed = await visitor.follow(answer);
    expect(textOf(followed)).toContain('Позвоним сегодня до 12:15 на номер, который кончается на 01-01.');
    expect(followed.headers['cache-control']).toBe('no-store');
    expect(followed.headers['x-robots-tag']).toBe('noindex');
    const [kept] = await app.database.query(
      `select c.phone, c.name, c.topic, c.state, r.page, r.consent_version, r.source
       from callback c join callback_request r on r.callback_id = c.id where c.phone = '+79215550101'`,
    );
    expect(kept).toEqual({
      ...{ phone: '+79215550101', name: 'Ирина', topic: 'card', state: 'waiting', page: '/help', source: 'site' },
      consent_version: '2025-01-01',
    });
    expect((await visitor.open('/legal/callback?version=2025-01-01')).status).toBe(200);
  });

  it('keeps and passes on no address that is somebody’s secret', async () => {
    const secret = 'aGVsbG8gd29ybGQhIQabcd';
    for (const path of [
      `/orders/${secret}`,
      `/reset_password/${secret}`,
      `/session/first/${secret}`,
      `/admin/${secret}`,
    ]) {
      const opened = await app.visitor().open(`/callback?from=${encodeURIComponent(path)}`);
      expect(page(opened).querySelector('input[name="from"]')?.getAttribute('value')).toBe('');
      const { id } = await askForCall(app, { from: path });
      const kept = await app.database.query('select page from callback_request where callback_id = $1', [id]);
      expect(kept).toEqual([{ page: null }]);
      // Nor from where such a page may be read.
      expect((await app.visitor().get(path)).text).not.toContain(`from=${encodeURIComponent(path)}`);
    }
  });

  it('takes a number of a city, and no number that costs whoever calls', async () => {
    const { id } = await askForCall(app, { phone: '+78112123456' });
    expect((await stateOf(app, id)).state).toBe('waiting');
    const refused = await sendForm(app, app.visitor(), { phone: '8 809 505-01-23' });
    expect(fieldErrors(refused)).toEqual({ phone: expect.stringContaining('мобильный или городской') });
  });

  it('says at each field what is wrong, and keeps what was typed', async () => {
    const visitor = app.visitor();
    const opened = await visitor.open('/callback?from=https://evil.example/');
    expect(page(opened).querySelector('input[name="from"]')?.getAttribute('value')).toBe('');
    app.clock.advance({ seconds: 5 });
    const refused = await visitor.submit(
      opened,
      { phone: '12', name: '<b>', topic: '', when: 'yesterday' },
      '/callback',
    );
    expect(refused.status).toBe(422);
    expect(Object.keys(fieldErrors(refused)).sort()).toEqual(['callbackConsent', 'name', 'phone', 'topic']);
    expect(page(refused).querySelector('input[name="phone"]')?.getAttribute('value')).toBe('12');
    expect(page(refused).querySelector('input[name="callbackConsent"]')?.hasAttribute('checked')).toBe(false);
    const late = { phone: app.world.newPhone(), name: '', topic: 'sim', callbackConsent: 'on' };
    const gone = await visitor.submit(refused, { ...late, when: at('15T10:00') }, '/callback');
    expect(fieldErrors(gone)).toEqual({ when: 'Выберите время из списка' });
  });

  it('speaks English', async () => {
    const english = app.visitor();
    await english.open('/language/en');
    const { path, visitor } = await askForCall(app, {}, english);
    expect(textOf(await visitor.open(path))).toContain('We will call today by 12:15');
  });

  it('promises the opening by night, and an hour that was chosen', async () => {
    app.clock.set(at('15T22:10'));
    expect(textOf(await app.visitor().open('/callback'))).toContain('Сейчас операторы отдыхают');
    const night = await askForCall(app);
    expect(textOf(await night.visitor.open(night.path))).toContain('Позвоним завтра до 09:15');
    expect(await stateOf(app, night.id)).toMatchObject({ due: '16 09:15', at_chosen_time: false });
    const chosen = await askForCall(app, { when: new Date(at('16T17:00')).toISOString() });
    expect(textOf(await chosen.visitor.open(chosen.path))).toContain('Позвоним завтра в 17:00');
    expect(await stateOf(app, chosen.id)).toMatchObject({ due: '16 17:00', at_chosen_time: true });
    app.clock.set(at('16T09:30'));
    expect(textOf(await night.visitor.open(night.path))).toContain('Мы опаздываем, простите');
    app.clock.set(at('16T17:14'));
    expect(textOf(await chosen.visitor.open(chosen.path))).toContain('Позвоним сегодня в 17:00');
    app.clock.set(at('16T17:16'));
    expect(textOf(await chosen.visitor.open(chosen.path))).toContain('Мы опаздываем, простите');
  });
});

describe('programs', () => {
  it('that are too fast are refused, and a person who was may press again', async () => {
    const visitor = app.visitor();
    const phone = app.world.newPhone();
    const opened = await visitor.open('/callback');
    const fast = await visitor.submit(opened, { phone, topic: 'card', callbackConsent: 'on' }, '/callback');
    expect(fast.status).toBe(422);
    expect(textOf(fast)).toContain('Похоже, форму заполнила программа');
    expect(await countOf(phone)).toBe(0);
    app.clock.advance({ seconds: 3 });
    expect((await visitor.submit(fast, { callbackConsent: 'on' }, '/callback')).status).toBe(303);
  });

  it('that fill in everything, or keep a form for days, or make its stamp up are refused', async () => {
    const phone = app.world.newPhone();
    expect((await sendForm(app, app.visitor(), { phone, subject: 'Best offer' })).status).toBe(422);
    expect((await sendForm(app, app.visitor(), { phone, stamp: '1.abc' })).status).toBe(422);
    const visitor = app.visitor();
    const opened = await visitor.open('/callback');
    app.clock.advance({ hours: 25 });
    const old = await visitor.submit(opened, { phone, topic: 'card', callbackConsent: 'on' }, '/callback');
    expect(old.status).toBe(422);
    expect(await countOf(phone)).toBe(0);
  });

  it('without a token of ours are refused', async () => {
    const phone = app.world.newPhone();
    const fields = { phone, topic: 'card', when: 'soon', callbackConsent: 'on' };
    expect((await app.visitor().post('/callback', fields, '/callback')).status).toBe(403);
    const { path } = await askForCall(app);
    expect((await app.visitor().post(`${path}/cancellation`, {}, path)).status).toBe(403);
    expect((await app.visitor().post(`${path}/time`, { when: 'soon' }, path)).status).toBe(403);
    expect(await countOf(phone)).toBe(0);
  });

  it('make no session', async () => {
    const { visitor } = await askForCall(app);
    expect(visitor.cookies().map(({ name }) => name)).not.toContain('sid');
    expect(await app.database.query('select from customer_session')).toEqual([]);
  });
});

describe('a phone that waits for a call already', () => {
  it('is called once, and whoever asks again cannot tell', async () => {
    const first = await askForCall(app, { name: 'Ирина', when: new Date(at('15T18:00')).toISOString() });
    const second = await askForCall(app, { phone: first.phone, name: 'Чужой', topic: 'sim' });
    expect(second.id).toBe(first.id);
    expect(await countOf(first.phone)).toBe(1);
    expect(second.path).not.toBe(first.path);
    expect(textOf(await second.visitor.open(second.path))).toContain('Позвоним сегодня до 12:15');
    const [kept] = await app.database.query('select name, topic from callback where id = $1', [first.id]);
    expect(kept).toEqual({ name: 'Ирина', topic: 'card' });
    // Asked for half an hour later, the promise that is shown is the one that was made; the earlier one counts.
    app.clock.set(at('15T12:05'));
    const third = await askForCall(app, { phone: first.phone });
    expect(textOf(await third.visitor.open(third.path))).toContain('Позвоним сегодня до 12:20');
    expect(await stateOf(app, first.id)).toMatchObject({ due: '15 12:15' });
  });

  it('is still called when a stranger takes their request back, and not when all are taken back', async () => {
    const first = await askForCall(app);
    const stranger = await askForCall(app, { phone: first.phone });
    await stranger.visitor.submit(stranger.path, {}, `${stranger.path}/cancellation`);
    expect(textOf(await stranger.visitor.open(stranger.path))).toContain('Звонок отменён');
    expect((await stateOf(app, first.id)).state).toBe('waiting');
    expect(textOf(await first.visitor.open(first.path))).toContain('Мы вам позвоним');
    await first.visitor.submit(first.path, {}, `${first.path}/cancellation`);
    expect((await stateOf(app, first.id)).state).toBe('cancelled');
  });

  it('is not called when its owner, who asked twice, takes one request back', async () => {
    const first = await askForCall(app);
    const second = await askForCall(app, { phone: first.phone }, first.visitor);
    await first.visitor.submit(second.path, {}, `${second.path}/cancellation`);
    expect((await stateOf(app, first.id)).state).toBe('cancelled');
    expect((await askForCall(app, { phone: first.phone })).id).not.toBe(first.id);
  });

  it('is one callback, however many ask at once', async () => {
    const phone = app.world.newPhone();
    const visitors = [1, 2, 3, 4, 5].map(() => app.visitor());
    const pages = await Promise.all(visitors.map((visitor) => visitor.open('/callback')));
    app.clock.advance({ seconds: 5 });
    const answers = await Promise.all(
      pages.map((opened, i) =>
        visitors[i]!.submit(opened, { phone, topic: 'other', callbackConsent: 'on' }, '/callback'),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(303));
    expect(await countOf(phone)).toBe(1);
  });
});

describe('the secret link', () => {
  it('moves the call to another hour', async () => {
    const { path, id, visitor } = await askForCall(app);
    const moved = await visitor.submit(path, { when: new Date(at('16T10:00')).toISOString() }, `${path}/time`);
    expect(textOf(await visitor.follow(moved))).toContain('Позвоним завтра в 10:00');
    expect(await stateOf(app, id)).toMatchObject({ due: '16 10:00', at_chosen_time: true, version: 2 });
    const refused = await visitor.submit(path, { when: '' }, `${path}/time`);
    expect([refused.status, Object.keys(fieldErrors(refused))]).toEqual([422, ['when']]);
  });

  it('changes nothing once the call is cancelled', async () => {
    const { path, id, visitor } = await askForCall(app);
    const before = await visitor.open(path);
    await visitor.submit(before, {}, `${path}/cancellation`);
    const late = await visitor.submit(before, { when: 'soon' }, `${path}/time`);
    expect(late.status).toBe(409);
    expect(textOf(late)).toContain('Этот звонок уже закрыт');
    expect((await stateOf(app, id)).state).toBe('cancelled');
  });

  it('opens nothing when it is made up', async () => {
    for (const token of ['x', 'A'.repeat(22), '%00', '..%2Fadmin']) {
      const answer = await app.visitor().get(`/callback/${token}`);
      expect(answer.status).toBe(404);
    }
  });

  it('is written down nowhere', async () => {
    const { path } = await askForCall(app);
    const rows = await app.database.query<{ all: string }>(
      'select row_to_json(r)::text as all from callback_request r',
    );
    expect(rows.some(({ all }) => all.includes(path.slice('/callback/'.length)))).toBe(false);
  });
});

describe('limits', () => {
  it('hold for a phone, for an address and for numbers in a row, and end by themselves', async () => {
    const strict = await TestApp.start({
      role: 'web',
      env: {
        CALLBACKS_PER_PHONE_DAY: '2',
        CALLBACKS_PER_IP_HOUR: '6',
        CALLBACKS_PER_PREFIX_HOUR: '3',
        LINES: 'loyalty',
      },
    });
    try {
      const phone = '+79218887701';
      expect((await sendForm(strict, strict.visitor(), { phone, topic: 'sim' })).status).toBe(422);
      await askForCall(strict, { phone });
      await askForCall(strict, { phone });
      const over = await sendForm(strict, strict.visitor(), { phone });
      expect([over.status, Number(over.headers['retry-after']) > 0]).toEqual([429, true]);
      expect(textOf(over)).toContain('Слишком много попыток');
      await askForCall(strict, { phone: '+79218887702' });
      expect((await sendForm(strict, strict.visitor(), { phone: '+79218887703' })).status).toBe(429);
      await askForCall(strict, { phone: '+79310000001' });
      expect((await sendForm(strict, strict.visitor(), { phone: '+79320000001' })).status).toBe(429);
    } finally {
      await strict.close();
    }
  });
});
