import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();
let manager: Visitor;

beforeAll(async () => {
  manager = await app.signInStaff(await app.world.hire('manager'));
});

const form = { number: '9004', name: 'АЗС № 4', city: 'Псков', address: 'Рижский пр., 60', timeZone: 'Europe/Moscow' };

async function eventsOf(objectId: string): Promise<string[]> {
  const rows = await app.database.query<{ action: string }>(
    `select action from audit_log where object_id = $1 and actor_kind = 'staff' order by seq`,
    [objectId],
  );
  return rows.map(({ action }) => action);
}

describe('a station', () => {
  it('is opened, edited and found in the list', async () => {
    const opened = await manager.submit('/admin/stations/new', form);
    const shown = await manager.follow(opened);
    expect(textOf(shown)).toContain('АЗС № 4 открыта');
    const path = opened.headers.location!;

    await manager.follow(
      await manager.submit(path, { ...form, name: 'АЗС № 4 «Рижская»', timeZone: 'Asia/Omsk' }, path),
    );
    expect(textOf(await manager.open('/admin/stations'))).toContain('АЗС № 4 «Рижская»');
    expect(await eventsOf(path.split('/').pop()!)).toEqual(['station.opened', 'station.edited']);
    const [event] = await app.database.query<{ facts: { before: object; after: object } }>(
      `select facts from audit_log where action = 'station.edited' order by seq desc limit 1`,
    );
    expect(event!.facts).toMatchObject({ before: { name: 'АЗС № 4' }, after: { name: 'АЗС № 4 «Рижская»' } });
  });

  it('says at each field what is wrong and keeps what was typed', async () => {
    const refused = await manager.submit('/admin/stations/new', {
      number: '0',
      name: '  ',
      city: 'x'.repeat(81),
      address: '\u0000\u202e',
      timeZone: 'Mars/Olympus',
    });
    expect(refused.status).toBe(422);
    const errors = fieldErrors(refused);
    expect(Object.keys(errors).sort()).toEqual(['address', 'city', 'name', 'number', 'timeZone']);
    expect(errors['number']).toContain('Не меньше 1');
    expect(errors['name']).toContain('Заполните это поле');
    expect(errors['city']).toContain('Не длиннее 80 знаков');
    expect(page(refused).querySelector('[name=city]')!.getAttribute('value')).toBe('x'.repeat(81));
    expect(page(refused).querySelector('[role=alert]')!.text).toContain('Проверьте, пожалуйста, что введено');
  });

  it.each(['', 'семь', '1.5', '-3', '100000', '1e9', '9'.repeat(400)])('has no number %p', async (number) => {
    const refused = await manager.submit('/admin/stations/new', { ...form, number });
    expect(refused.status).toBe(422);
    expect(Object.keys(fieldErrors(refused))).toEqual(['number']);
  });

  it('shares its number with no other, however fast two are opened', async () => {
    const twice = { ...form, number: '9077', name: 'АЗС № 77' };
    const [one, other] = await Promise.all([
      manager.submit('/admin/stations/new', twice),
      manager.submit('/admin/stations/new', twice),
    ]);
    expect([one.status, other.status].sort()).toEqual([303, 422]);
    const refused = one.status === 422 ? one : other;
    expect(fieldErrors(refused)['number']).toContain('Станция с таким номером уже есть');
  });

  it('maps its own goods codes, each to one category', async () => {
    const { stationId } = await app.world.openStation();
    const path = `/admin/stations/${stationId}`;
    const codes = { fuel: 'АИ-92, АИ-95\nДТ', goods: '100', food: '', services: '', tobacco: '7;8' };
    await manager.follow(await manager.submit(path, codes));
    const rows = await app.database.query(
      'select code, category from category_alias where station_id = $1 order by code',
      [stationId],
    );
    expect(rows).toHaveLength(6);
    expect(rows).toContainEqual({ code: 'ДТ', category: 'fuel' });

    const refused = await manager.submit(path, { ...codes, food: 'ДТ, кофе' });
    expect(refused.status).toBe(422);
    expect(fieldErrors(refused)['food']).toContain('Код «ДТ» уже стоит у другой категории');
    expect(page(refused).querySelector('textarea[name=food]')!.text).toBe('ДТ, кофе');

    await manager.follow(await manager.submit(path, { ...codes, fuel: 'ДТ', goods: '', tobacco: '' }));
    expect(await app.database.query('select code from category_alias where station_id = $1', [stationId])).toEqual([
      { code: 'ДТ' },
    ]);
  });

  it('takes its tills’ keys with it when it closes', async () => {
    const { stationId, till } = await app.world.openStation();
    expect((await till.card('2990000000002')).status).toBe(404);
    const path = `/admin/stations/${stationId}`;
    const closed = await manager.follow(await manager.submit(path, {}, `${path}/closure`));
    expect(textOf(closed)).toContain('Закрыта');
    expect((await till.card('2990000000002')).status).toBe(401);

    await manager.follow(await manager.submit(path, {}, `${path}/reopening`));
    expect((await till.card('2990000000002')).status).toBe(401);
    expect(await eventsOf(stationId)).toEqual(['station.closed', 'station.reopened']);
  });
});

describe('a terminal', () => {
  async function station(): Promise<{ path: string; stationId: string; terminalId: string }> {
    const { stationId, terminalId } = await app.world.openStation();
    return { path: `/admin/stations/${stationId}`, stationId, terminalId };
  }

  function keyOn(answer: { text: string }): string {
    return /sk_pos_[\w-]{43}/.exec(answer.text)?.[0] ?? '';
  }

  it('is added under a name of its own', async () => {
    const { path } = await station();
    const added = await manager.follow(await manager.submit(path, { terminalName: 'Касса 2' }));
    expect(textOf(added)).toContain('Ключа нет');
    const refused = await manager.submit(path, { terminalName: ' Касса  2 ' });
    expect(refused.status).toBe(422);
    expect(fieldErrors(refused)['terminalName']).toContain('уже есть');
  });

  it('gets a key that is shown once, works, and is kept as a digest', async () => {
    const { path, terminalId } = await station();
    const issued = await manager.submit(path, {}, `/admin/stations/terminals/${terminalId}/keys`);
    expect(issued.status).toBe(201);
    expect(issued.headers['cache-control']).toContain('no-store');
    const key = keyOn(issued);
    expect(issued.text).toContain('curl');
    expect((await app.pos(key).card('2990000000002')).body).toMatchObject({ code: 'card_not_found' });

    const again = await manager.open(path);
    expect(again.text).not.toContain(key);
    expect(textOf(again)).toContain(`···${key.slice(-4)}`);
    const stored = await app.database.query('select k::text as row from api_key k');
    expect(JSON.stringify(stored)).not.toContain(key);
    const logged = await app.database.query('select l::text as row from audit_log l');
    expect(JSON.stringify(logged)).not.toContain(key);
  });

  it('has two working keys at most', async () => {
    const { path, terminalId } = await station();
    const keys = `/admin/stations/terminals/${terminalId}/keys`;
    expect((await manager.submit(path, {}, keys)).status).toBe(201);
    const shown = await manager.open(path);
    expect(textOf(shown)).toContain('Два ключа — предел');
    const token = page(shown).querySelector('[name=_csrf]')!.getAttribute('value');
    const third = await manager.post(keys, { _csrf: token }, path);
    expect(third.status).toBe(409);
    expect(keyOn(third)).toBe('');
  });

  it('loses a revoked key at once, and no other', async () => {
    const { path, terminalId } = await station();
    const key = keyOn(await manager.submit(path, {}, `/admin/stations/terminals/${terminalId}/keys`));
    const [row] = await app.database.query<{ id: string }>('select id from api_key where hint = $1', [key.slice(-4)]);
    const revocation = `/admin/stations/terminals/${terminalId}/keys/${row!.id}/revocation`;
    await manager.follow(await manager.submit(path, {}, revocation));
    expect((await app.pos(key).card('2990000000002')).status).toBe(401);
    const [{ count }] = (await app.database.query(
      'select count(*)::int from api_key where terminal_id = $1 and revoked_at is null',
      [terminalId],
    )) as [{ count: number }];
    expect(count).toBe(1);

    // Through another terminal the same key is not there.
    const other = await station();
    const token = page(await manager.open(path))
      .querySelector('[name=_csrf]')!
      .getAttribute('value');
    const foreign = await manager.post(
      `/admin/stations/terminals/${other.terminalId}/keys/${row!.id}/revocation`,
      { _csrf: token },
      path,
    );
    expect(foreign.status).toBe(404);
  });

  it('stops working when it is removed and needs a new key when it is back', async () => {
    const { stationId, terminalId, till } = await app.world.openStation();
    const path = `/admin/stations/${stationId}`;
    const removed = await manager.follow(
      await manager.submit(path, {}, `/admin/stations/terminals/${terminalId}/removal`),
    );
    expect(textOf(removed)).toContain('Убрана');
    expect((await till.card('2990000000002')).status).toBe(401);
    const back = await manager.follow(
      await manager.submit(removed, {}, `/admin/stations/terminals/${terminalId}/restoration`),
    );
    expect(textOf(back)).toContain('Выпустить ключ');
    expect((await till.card('2990000000002')).status).toBe(401);
    const key = keyOn(await manager.submit(back, {}, `/admin/stations/terminals/${terminalId}/keys`));
    expect((await app.pos(key).card('2990000000002')).status).toBe(404);
  });
});
