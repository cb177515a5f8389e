import { Database } from '../../src/infra/database/database.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { newId } from '../../src/shared/ids.js';
import { SimStock } from '../../src/sims/stock/sim-stock.service.js';
import { useApp } from '../support/app.js';
import { newIccid, openOffice, operatorId, receive } from '../sims/deliveries.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();
let manager: Visitor;
let operator: Visitor;
let password: string;
let managerId: string;
let officeId: string;
let other: string;

beforeAll(async () => {
  const hired = await app.world.hire('manager');
  ({ password, id: managerId } = hired);
  manager = await app.signInStaff(hired);
  operator = await app.signInStaff(await app.world.hire('operator'));
  officeId = await openOffice(app, 'Склад');
  other = await openOffice(app, 'Витрина');
});

const stateOf = async (id: string) => {
  const [row] = await app.database.query<{ state: string; office_id: string | null; holder_id: string | null }>(
    'select state, office_id, holder_id from sim_card where id = $1',
    [id],
  );
  return row;
};
const reserve = (id: string, order = newId()) =>
  app.get(Database).transaction((sql) => app.get(SimStock).reserve(sql, id, order, SYSTEM));
const linksOf = (answer: Awaited<ReturnType<Visitor['open']>>) =>
  page(answer)
    .querySelectorAll('tbody a.row-link')
    .map((link) => link.getAttribute('href'));
const pathOf = (id: string) => `/admin/sims/${id}`;

describe('the list of SIM cards', () => {
  it('filters by all there is, in the address', async () => {
    const [mine = ''] = await receive(app, 1, { officeId, party: 'Ф-1', sim: { kind: 'esim', region: 'Псков' } });
    const [theirs = ''] = await receive(app, 1, { officeId: other, party: 'Ф-2', code: 'yota' });
    const find = async (query: string) => linksOf(await operator.open(`/admin/sims?${query}`));
    for (const query of [
      `party=Ф-1`,
      `party=Ф-1&place=office:${officeId}`,
      `kind=esim&party=Ф-1`,
      `party=Ф-1&state=in_stock&operator=${await operatorId(app)}`,
    ]) {
      expect(await find(query)).toEqual([pathOf(mine)]);
    }
    expect(await find(`place=office:${other}`)).toContain(pathOf(theirs));
    expect(await find(`place=office:${other}`)).not.toContain(pathOf(mine));
    for (const query of [
      `party=Ф-1&kind=physical`,
      `party=Ф-1&state=reserved`,
      `party=Ф-1&place=office:${other}`,
      'party=Ф-3',
    ]) {
      expect(await find(query)).toEqual([]);
    }
  });

  it('finds a card by its number, its last digits, its ICCID and the beginning of it', async () => {
    const iccid = newIccid('8970777');
    const [id = ''] = await receive(app, 1, { sim: { iccid, number: '+79217654321' } });
    for (const typed of [
      '+7 921 765-43-21',
      '9217654321',
      '654321',
      '321',
      iccid,
      iccid.slice(0, -1),
      `${iccid}F`,
      '8970777',
    ]) {
      expect(linksOf(await operator.open(`/admin/sims?q=${encodeURIComponent(typed)}`))).toContain(pathOf(id));
    }
    for (const typed of ['123456', '8970778', 'нет', '1', '9'.repeat(30)]) {
      expect(linksOf(await operator.open(`/admin/sims?q=${encodeURIComponent(typed)}`))).not.toContain(pathOf(id));
    }
  });

  it('goes on page by page, each card once, in every reading', async () => {
    const ids = await receive(app, 120, { party: 'Страницы' });
    const walk = async (query: string) => {
      const seen: (string | null | undefined)[] = [];
      for (let path: string | null | undefined = `/admin/sims?${query}`; path;) {
        const answer = await manager.open(path);
        seen.push(...linksOf(answer));
        path = page(answer).querySelector('a[rel=next]')?.getAttribute('href')?.replaceAll('&amp;', '&');
      }
      return seen;
    };
    expect(await walk('party=Страницы')).toEqual([...ids].reverse().map(pathOf));
    for (const query of [
      'party=Страницы&q=8970102',
      'party=Страницы&q=89701020',
      `party=Страницы&state=in_stock&kind=physical`,
    ]) {
      expect((await walk(query)).sort()).toEqual(ids.map(pathOf).sort());
    }
  });

  it('hides the last four digits of every ICCID, there and on the card’s page', async () => {
    const iccid = newIccid();
    const [id = ''] = await receive(app, 1, { party: 'Маски', sim: { iccid } });
    for (const path of [`/admin/sims?party=Маски`, `/admin/sims?q=${iccid.slice(0, 12)}`, pathOf(id)]) {
      const { text } = await manager.open(path);
      expect(text.replace(/[\s\u00a0]|&nbsp;/g, '')).toContain(`${iccid.slice(0, -4)}••••`);
      expect(text.replace(/[\s\u00a0]|&nbsp;/g, '')).not.toContain(iccid.slice(-5));
    }
  });

  it.each([
    '/admin/sims?operator=x&state=lost&kind=paper&place=moon:1&party=%00&q=%00&after=x',
    '/admin/sims?operator[]=1&state[a]=b&q[]=1&after[]=2',
    `/admin/sims?place=office:${newId()}&operator=${newId()}`,
    '/admin/sims/import?after=x',
    '/admin/sims/stock',
  ])('%s does not break the page', async (path) => {
    expect((await manager.open(path)).status).toBe(200);
  });
});

describe('a SIM card', () => {
  it('is handed on by an operator, with its history', async () => {
    const [id = ''] = await receive(app, 1, { officeId });
    const moved = await operator.submit(
      pathOf(id),
      { place: `staff:${managerId}`, reason: 'на доставку' },
      `${pathOf(id)}/moves`,
    );
    const shown = textOf(await operator.follow(moved));
    expect(shown).toContain('Карта перемещена');
    expect(shown).toContain('на доставку');
    expect(await stateOf(id)).toEqual({ state: 'in_stock', office_id: null, holder_id: managerId });
    const [event] = await app.database.query(`select action, facts from audit_log where object_id = $1`, [id]);
    expect(event).toEqual({ action: 'sim.moved', facts: { before: 'in_stock' } });
    const there = await operator.submit(pathOf(id), {}, `${pathOf(id)}/moves`);
    expect(there.status).toBe(422);
  });

  it('keeps its reservation when it moves', async () => {
    const [id = ''] = await receive(app, 1, { officeId });
    const order = newId();
    await reserve(id, order);
    await operator.submit(pathOf(id), { place: `office:${other}` }, `${pathOf(id)}/moves`);
    expect(await stateOf(id)).toMatchObject({ state: 'reserved', office_id: other });
    await expect(reserve(id, order)).resolves.toBeUndefined();
  });

  it('is written off by a manager, with a reason', async () => {
    const [id = ''] = await receive(app, 1, { officeId });
    const refused = await manager.submit(pathOf(id), { reason: ' ' }, `${pathOf(id)}/write-offs`);
    expect([refused.status, fieldErrors(refused)['reason']]).toEqual([
      422,
      expect.stringContaining('Напишите причину'),
    ]);
    await manager.submit(pathOf(id), { reason: 'сломана' }, `${pathOf(id)}/write-offs`);
    expect(await stateOf(id)).toMatchObject({ state: 'written_off', office_id: null });
    const done = await manager.open(pathOf(id));
    expect(textOf(done)).toContain('Карта списана');
    expect(page(done).querySelector('form[action$="/moves"]')).toBeNull();
  });

  it('is not written off under an order, nor by an operator', async () => {
    const [id = ''] = await receive(app, 1, { officeId });
    const open = await manager.open(pathOf(id));
    await reserve(id);
    const refused = await manager.submit(open, { reason: 'сломана' }, `${pathOf(id)}/write-offs`);
    expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('SIM-карта под заявкой')]);
    const page_ = await operator.open(pathOf(id));
    expect(page(page_).querySelector('[formaction$="/write-offs"]')).toBeNull();
  });

  it('comes back into stock once somebody has looked at it', async () => {
    const [id = ''] = await receive(app, 1, { officeId });
    const order = newId();
    await reserve(id, order);
    const stock = app.get(SimStock);
    await app.get(Database).transaction(async (sql) => {
      await stock.assign(sql, id, order, SYSTEM);
      await stock.takeBack(sql, id, { kind: 'office', id: officeId }, 'передумал', SYSTEM);
    });
    await manager.submit(pathOf(id), {}, `${pathOf(id)}/restocks`);
    expect(await stateOf(id)).toMatchObject({ state: 'in_stock' });
  });
});

describe('many SIM cards at once', () => {
  const bulk = (query: string, fields: Record<string, string>, path: 'moves' | 'write-offs') =>
    manager.submit(`/admin/sims?${query}`, fields, `/admin/sims/many/${path}`);

  it('are moved: those that are ticked', async () => {
    const [one = '', two = ''] = await receive(app, 2, { officeId, party: 'Галки' });
    const moved = await bulk('party=Галки', { sim: one, place: `office:${other}` }, 'moves').catch(
      (error: unknown) => error,
    );
    // The boxes stand outside the form's own markup, so a browser without scripts sends them by their `form` attribute.
    expect(String(moved)).toContain('no form');
    const form = page(await manager.open('/admin/sims?party=Галки')).querySelector('form#bulk')!;
    const token = form.querySelector('[name=_csrf]')!.getAttribute('value');
    const answer = await manager.post(
      '/admin/sims/many/moves',
      { _csrf: token, scope: 'chosen', sim: one, place: `office:${other}`, party: 'Галки' },
      '/admin/sims',
    );
    expect(decodeURIComponent(answer.headers.location ?? '')).toBe('/admin/sims?party=Галки');
    expect(textOf(await manager.follow(answer))).toContain('Перемещена 1 карта');
    expect(await stateOf(one)).toMatchObject({ office_id: other });
    expect(await stateOf(two)).toMatchObject({ office_id: officeId });
  });

  it('are moved: all that the filter finds', async () => {
    const ids = await receive(app, 70, { officeId, party: 'Все' });
    const answer = await bulk('party=Все', { scope: 'found', place: `office:${other}`, reason: 'на витрину' }, 'moves');
    expect(textOf(await manager.follow(answer))).toContain('Перемещено 70 карт');
    for (const id of ids.slice(0, 3)) expect(await stateOf(id)).toMatchObject({ office_id: other });
  });

  it('are written off, but for those under an order', async () => {
    const ids = await receive(app, 3, { officeId, party: 'Брак' });
    await reserve(ids[1]!);
    const unsaid = await bulk('party=Брак', { scope: 'found' }, 'write-offs');
    expect([unsaid.status, fieldErrors(unsaid)['reason']]).toEqual([422, expect.stringContaining('Напишите причину')]);
    const answer = await bulk('party=Брак', { scope: 'found', reason: 'брак партии' }, 'write-offs');
    expect(textOf(await manager.follow(answer))).toContain('Списаны 2 карты. Не списаны: 1');
    const states = await Promise.all(ids.map(stateOf));
    expect(states.map((row) => row?.state)).toEqual(['written_off', 'reserved', 'written_off']);
    const [event] = await app.database.query<{ facts: object }>(
      `select facts from audit_log where action = 'sims.written_off' order by seq desc limit 1`,
    );
    expect(event?.facts).toMatchObject({ count: 2 });
  });

  it('are a thousand at most, and none where none is ticked', async () => {
    await receive(app, 1001, { officeId, party: 'Тысяча' });
    const refused = await bulk('party=Тысяча', { scope: 'found', place: `office:${other}` }, 'moves');
    expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('Карт больше 1000')]);
    const none = await bulk('party=Тысяча', { scope: 'chosen', place: `office:${other}` }, 'moves');
    expect([none.status, textOf(none)]).toEqual([422, expect.stringContaining('Отметьте карты')]);
  });
});

describe('the secrets of a SIM card', () => {
  const lpa = 'LPA:1$rsp.example.ru$ONCE-42';
  const ask = (id: string, what: string, typed = password) =>
    manager.submit(`${pathOf(id)}/secrets`, { what, password: typed }, `${pathOf(id)}/secrets`);

  it('are shown after the password alone, and whoever saw them is written down', async () => {
    const iccid = newIccid();
    const [id = ''] = await receive(app, 1, { sim: { iccid, codes: { pin1: '4321', puk1: '99887766' } } });
    const refused = await ask(id, 'codes', 'not my password');
    expect([refused.status, fieldErrors(refused)['password']]).toEqual([
      422,
      expect.stringContaining('Пароль не подходит'),
    ]);
    expect(refused.text).not.toContain('99887766');
    const codes = await ask(id, 'codes');
    expect(codes.headers['cache-control']).toContain('no-store');
    expect(textOf(codes)).toContain('99887766');
    expect(textOf(await ask(id, 'iccid')).replace(/[\s\u00a0]/g, '')).toContain(iccid);
    const events = await app.database.query(
      `select action, actor_id, facts from audit_log where object_id = $1 order by seq`,
      [id],
    );
    expect(events).toEqual(
      ['sim.codes_revealed', 'sim.iccid_revealed'].map((action) => ({ action, actor_id: managerId, facts: {} })),
    );
    expect(textOf(await manager.open(pathOf(id)))).toContain('Кто смотрел секреты');
  });

  it('hold an eSIM’s code, which is shown once, as a picture too', async () => {
    const [id = ''] = await receive(app, 1, { sim: { kind: 'esim', lpa } });
    const shown = await ask(id, 'lpa');
    expect(shown.text).toContain('ONCE-42');
    expect(page(shown).querySelector('svg.sim-qr path')?.getAttribute('d')).toMatch(/^M\d/);
    expect(textOf(await manager.open(pathOf(id)))).toMatch(/Код eSIM\s?Показан \d/);
    const token = page(await manager.open(`${pathOf(id)}/secrets`))
      .querySelector('[name=_csrf]')!
      .getAttribute('value');
    const again = await manager.post(
      `${pathOf(id)}/secrets`,
      { _csrf: token, what: 'lpa', password },
      `${pathOf(id)}/secrets`,
    );
    expect([again.status, textOf(again)]).toEqual([409, expect.stringContaining('Код eSIM уже показывали')]);
    expect(again.text).not.toContain('ONCE-42');
  });

  it('are shown once to two who ask at the same moment', async () => {
    const [id = ''] = await receive(app, 1, { sim: { kind: 'esim', lpa } });
    const answers = await Promise.all([ask(id, 'lpa'), ask(id, 'lpa')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('are not guessed at', async () => {
    const hired = await app.world.hire('admin');
    const admin = await app.signInStaff(hired);
    const [id = ''] = await receive(app, 1);
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) {
      const path = `${pathOf(id)}/secrets`;
      statuses.push((await admin.submit(path, { what: 'iccid', password: `guess ${i}` }, path)).status);
    }
    expect(statuses[0]).toBe(422);
    expect(statuses.at(-1)).toBe(429);
    const right = await admin.submit(
      `${pathOf(id)}/secrets`,
      { what: 'iccid', password: hired.password },
      `${pathOf(id)}/secrets`,
    );
    expect(right.status).toBe(429);
  });

  it('are none of an operator’s business', async () => {
    const [id = ''] = await receive(app, 1);
    expect((await operator.get(`${pathOf(id)}/secrets`)).status).toBe(403);
    expect(textOf(await operator.open(pathOf(id)))).not.toContain('Показать секреты');
  });
});

describe('an office', () => {
  it('is opened, renamed, emptied, closed and opened again', async () => {
    const home = '/admin/sims/offices';
    expect(
      textOf(await manager.follow(await manager.submit(home, { name: 'Новый', address: 'ул. Мира, 1' }, home))),
    ).toContain('Офис «Новый» открыт');
    const taken = await manager.submit(home, { name: 'новый', address: 'ул. Мира, 2' }, home);
    expect([taken.status, fieldErrors(taken)['name']]).toEqual([422, expect.stringContaining('Такой офис уже есть')]);
    const [row] = await app.database.query<{ id: string }>(`select id from office where name = 'Новый'`);
    const path = `${home}/${row!.id}`;
    await manager.submit(path, { name: 'Новейший', address: 'ул. Мира, 3' }, path);
    expect(textOf(await manager.open(home))).toContain('ул. Мира, 3');
    const empty = await manager.open(path);
    const [id = ''] = await receive(app, 1, { officeId: row!.id });
    const full = await manager.submit(empty, {}, `${path}/closure`);
    expect([full.status, textOf(full)]).toEqual([409, expect.stringContaining('В офисе лежат SIM-карты')]);
    await manager.submit(pathOf(id), { place: `office:${other}` }, `${pathOf(id)}/moves`);
    await manager.submit(path, {}, `${path}/closure`);
    const choices = (await manager.open(pathOf(id))).text;
    expect(choices).not.toContain('Новейший</option>');
    await manager.submit(path, {}, `${path}/reopening`);
    expect((await manager.open(pathOf(id))).text).toContain('Новейший</option>');
  });

  it('shows in the stock what lies there', async () => {
    const office = await openOffice(app, 'Считаем');
    const ids = await receive(app, 3, { officeId: office, code: 't2' });
    await reserve(ids[0]!);
    const row = page(await operator.open('/admin/sims/stock'))
      .querySelectorAll('tbody tr')
      .find((line) => line.text.includes('Считаем'));
    expect(row?.text.replace(/\s+/g, ' ')).toMatch(/2\s?под заявку 1.* 2 $/);
  });
});

describe('an installation without the telecom line', () => {
  const loyal = useApp({ env: { LINES: 'loyalty' } });

  it('has no SIM cards', async () => {
    const admin = await loyal.signInStaff(await loyal.world.hire('admin'));
    for (const path of ['/admin/sims', '/admin/sims/import', '/admin/sims/offices', '/admin/sims/stock']) {
      expect((await admin.get(path)).status).toBe(404);
    }
    expect((await admin.open('/admin')).text).not.toContain('/admin/sims');
  });
});
