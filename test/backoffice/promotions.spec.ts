import { Segments } from '../../src/loyalty/promotions/segments/segments.service.js';
import { NO_CONDITIONS } from '../../src/loyalty/promotions/segments/segment-conditions.js';
import { PLAIN_TERMS } from '../../src/loyalty/promotions/promotion-terms.js';
import { Promotions } from '../../src/loyalty/promotions/promotions.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();
let manager: Visitor;
beforeAll(async () => (manager = await app.signInStaff(await app.world.hire('manager'))));

const plain = { kind: 'multiplier', value: '2', stationChoice: 'all', stacking: 'stacking' };

async function draft(fields: Record<string, string>): Promise<string> {
  const answer = await manager.submit('/admin/promotions/new', { ...plain, ...fields }, '/admin/promotions');
  expect(answer.status).toBe(303);
  return answer.headers.location!;
}

/** The messages without the fields' hints. */
function faultsOf(answer: Parameters<typeof fieldErrors>[0]): Record<string, string> {
  const tree = page(answer);
  return Object.fromEntries(
    Object.keys(fieldErrors(answer)).map((name) => [name, tree.getElementById(`${name}-error`)?.text.trim() ?? '']),
  );
}

async function press(path: string, button: string): Promise<string> {
  return textOf(await manager.follow(await manager.submit(path, {}, `${path}/${button}`)));
}

/** Everything that a test published gives nothing to the others. */
afterEach(async () => {
  await app.database.query(`update promotion set state = 'ended'`);
});

describe('a promotion at the desk', () => {
  it('goes from the draft to the tills, is paused, resumed and ended, and every step is written down', async () => {
    const { till } = await app.world.openStation();
    const card = await app.world.sellCard(till);
    const earned = async (): Promise<unknown> => (await till.purchase({ card, sum: '2000.00' })).body.earned;
    const path = await draft({ title: 'Двойные выходные', value: '3', category_fuel: 'on', totalCap: '1000' });
    expect(textOf(await manager.open(path))).toContain('черновик');
    expect(await earned()).toBe('20.00');
    expect(await press(path, 'publication')).toContain('Акция запущена');
    expect(await earned()).toBe('60.00');
    expect(await press(path, 'pause')).toContain('приостановлена');
    expect(await earned()).toBe('20.00');
    expect(await press(path, 'resumption')).toContain('Акция снова действует');
    const changed = await manager.submit(`${path}/terms`, { value: '2' }, `${path}/terms`);
    const shown = textOf(await manager.follow(changed));
    expect(shown).toMatch(/Что даёт: ×3 к обычным баллам +×2 к обычным баллам/);
    expect(shown).toContain('40 баллов');
    expect(await earned()).toBe('40.00');
    expect(await press(path, 'end')).toContain('завершена');
    expect(await earned()).toBe('20.00');
    const actions = await app.database.query<{ action: string }>(
      `select action from audit_log where object_kind = 'promotion' and object_id = $1 order by seq`,
      [path.split('/').pop()],
    );
    expect(actions.map(({ action }) => action.replace('promotion.', ''))).toEqual([
      'drafted',
      'published',
      'paused',
      'resumed',
      'changed',
      'ended',
    ]);
    expect((await manager.submit(path, {}, `${path}/pause`).catch((error: Error) => error.message)) as string).toMatch(
      'no form',
    );
  });

  it('stands in the list with its state and what it gave this month', async () => {
    const { till } = await app.world.openStation();
    const card = await app.world.sellCard(till);
    const path = await draft({ title: 'Дорогая', kind: 'fixed', value: '50' });
    await press(path, 'publication');
    await till.purchase({ card, sum: '100.00' });
    await draft({ title: 'Завтрашняя', firstDay: '2099-01-01' });
    const list = textOf(await manager.open('/admin/promotions'));
    expect(list).toMatch(/Дорогая *Всегда и везде 50 баллов за чек действует 50 баллов/);
    expect(list).toMatch(/Завтрашняя *с 01\.01\.2099 .*черновик 0 баллов/);
  });

  it('is scheduled until its first day', async () => {
    const path = await draft({ title: 'Скоро', firstDay: '2099-01-01' });
    expect(await press(path, 'publication')).toContain('запланирована');
  });

  it('keeps everything that was typed where something is wrong', async () => {
    const answer = await manager.submit(
      '/admin/promotions/new',
      {
        ...{ title: ' ', kind: 'percent', value: '500', firstDay: '2026-12-02', lastDay: '2026-12-01' },
        ...{ stationChoice: 'only', stationNumbers: '1, 99999', dayCap: 'много', weekday6: 'on' },
      },
      '/admin/promotions',
    );
    expect(answer.status).toBe(422);
    expect(faultsOf(answer)).toEqual({ title: 'Заполните это поле' });
    expect(answer.text).toMatch(/name="weekday6" value="on" checked/);
    const second = await manager.submit(
      '/admin/promotions/new',
      {
        ...{ title: 'Ещё раз', kind: 'percent', value: '500', firstDay: '2026-12-02', lastDay: '2026-12-01' },
        ...{ stationChoice: 'only', stationNumbers: '99999', dayCap: 'много' },
      },
      '/admin/promotions',
    );
    expect(faultsOf(second)).toEqual({
      value: 'От 0,01 до 100',
      lastDay: 'Последний день раньше первого',
      stationNumbers: 'Таких станций нет: 99999',
      dayCap: 'Введите число, например 500 или 99,50',
    });
  });

  it('is not overwritten by whoever opened it earlier', async () => {
    const path = await draft({ title: 'Общая' });
    const opened = await manager.open(`${path}/terms`);
    await manager.submit(`${path}/terms`, { value: '4' }, `${path}/terms`);
    const late = await manager.submit(opened, { value: '5' }, `${path}/terms`);
    expect(late.status).toBe(409);
    expect(textOf(late)).toContain('Акцию уже изменил кто-то другой');
  });

  it('says in the builder what a receipt would earn', async () => {
    const builder = await manager.open('/admin/promotions/new');
    const token = /name="_csrf" value="([^"]+)"/.exec(builder.text)![1]!;
    const example = async (fields: Record<string, string>): Promise<string> =>
      textOf(await manager.post('/admin/promotions/examples', { _csrf: token, ...plain, ...fields }));
    expect(await example({ weekday6: 'on' })).toContain(
      'Чек на 2 000 ₽ (топливо) в субботу в 12:00 даст 40 баллов: 20 обычных и 20 по акции.',
    );
    expect(
      await example({ fromTime: '18:00', toTime: '20:00', category_food: 'on', kind: 'fixed', value: '7,5' }),
    ).toMatch(/\(кафе\) .* в 18:00 даст 27,50 балла: 20 обычных и 7,50 по акции/);
    expect(await example({ minPaid: '5000', receiptCap: '30' })).toContain('5 000 ₽');
    expect(await example({ category_tobacco: 'on' })).toContain('даст 0 баллов');
    expect(await example({ lastDay: '2020-01-01' })).toContain('не попадёт ни один чек');
    expect(await example({ value: 'два' })).toContain('Заполните форму');
  });

  it('is tried out on past purchases, with its caps, and changes nothing', async () => {
    app.clock.shift({ days: 40 });
    const { till, stationId } = await app.world.openStation();
    const [{ number } = { number: 0 }] = await app.database.query<{ number: number }>(
      'select number from station where id = $1',
      [stationId],
    );
    const [one, other] = [await app.world.sellCard(till), await app.world.sellCard(till)];
    await till.purchase({ card: one, sum: '1000.00' });
    await till.purchase({ card: one, sum: '3000.00' });
    await till.purchase({ card: other, lines: [{ category: 'food', sum: '500.00' }] });
    const path = await draft({
      ...{ title: 'На пробу', stationChoice: 'only', stationNumbers: String(number), category_fuel: 'on' },
      ...{ value: '3', totalCap: '50' },
    });
    // 1 % of 1000 twice more is 20; of 3000 it would be 60, and the cap leaves 30.
    const preview = textOf(await manager.open(`${path}/preview`));
    expect(preview).toContain('Баллов по акции 50 1,25 % от оплаченного');
    expect(preview).toContain('На пробу Проверка');
    expect(preview).toMatch(/Чеков с баллами 2 из 3/);
    expect(preview).toContain('Карт и клиентов 1');
    expect(
      await app.database.query(
        'select from promotion_use where account_id = (select account_id from card where number = $1)',
        [one],
      ),
    ).toEqual([]);
  });
});

describe('a segment', () => {
  it('holds whoever fits its conditions, and is worked out anew every night', async () => {
    const { till } = await app.world.openStation();
    const buyer = await app.world.activeCard(till);
    const idle = await app.world.activeCard(till);
    const segments = app.get(Segments);
    const { id } = await segments.saveSegment(
      { name: 'Давно не были', conditions: { ...NO_CONDITIONS, idleDays: 30 } },
      SYSTEM,
    );
    const members = async (): Promise<string[]> =>
      (
        await app.database.query<{ customer_id: string }>(
          'select customer_id from segment_member where segment_id = $1',
          [id],
        )
      ).map(({ customer_id }) => customer_id);
    expect(await members()).toEqual(expect.arrayContaining([buyer.customerId, idle.customerId]));
    await till.purchase({ card: buyer.number, sum: '3000.00' });
    await segments.refreshAll();
    expect(await members()).not.toContain(buyer.customerId);
    expect(await members()).toContain(idle.customerId);
    const spent = await segments.saveSegment(
      { name: 'Тратят', conditions: { ...NO_CONDITIONS, spentKopecks: 300_000 } },
      SYSTEM,
    );
    const more = await segments.saveSegment(
      { name: 'Больше', conditions: { ...NO_CONDITIONS, spentKopecks: 300_001 } },
      SYSTEM,
    );
    expect([spent.members, more.members]).toEqual([1, 0]);
  });

  it('reads sex, age, birthday and registration', async () => {
    const { till } = await app.world.openStation();
    const { customerId } = await app.world.activeCard(till);
    await app.database.query(
      `update customer set sex = 'female', birth_date = ($2::timestamptz - interval '40 years')::date where id = $1`,
      [customerId, app.clock.now()],
    );
    const month = Number(app.clock.now().toISOString().slice(5, 7));
    const today = app.clock.now().toISOString().slice(0, 10);
    const count = async (conditions: object): Promise<number> =>
      (await app.get(Segments).saveSegment({ name: 'С', conditions: { ...NO_CONDITIONS, ...conditions } }, SYSTEM))
        .members;
    const her = {
      sex: 'female',
      birthMonth: month,
      ageFrom: 40,
      ageTo: 40,
      registeredFrom: today,
      registeredTo: today,
    };
    expect(await count(her)).toBe(1);
    expect(await count({ ...her, sex: 'male' })).toBe(0);
    expect(await count({ ...her, ageFrom: 41, ageTo: null })).toBe(0);
    expect(await count({ ...her, registeredFrom: '2099-01-01', registeredTo: null })).toBe(0);
  });

  it('may be a list of phones, and a promotion for it is for its members only', async () => {
    const { till } = await app.world.openStation();
    const [member, other] = [await app.world.activeCard(till), await app.world.activeCard(till)];
    const saved = await manager.submit(
      '/admin/promotions/segments',
      { name: 'Гости', phones: `${member.phone}\n+7 999 000-00-00` },
      '/admin/promotions/segments',
    );
    expect(textOf(await manager.follow(saved))).toContain('Сегмент сохранён: 1 клиент.');
    const [{ id } = { id: '' }] = await app.database.query<{ id: string }>(
      `select id from segment where name = 'Гости'`,
    );
    await press(await draft({ title: 'Для гостей', kind: 'fixed', value: '10', segmentId: id }), 'publication');
    expect((await till.purchase({ card: member.number, sum: '100.00' })).body.earned).toBe('11.00');
    expect((await till.purchase({ card: other.number, sum: '100.00' })).body.earned).toBe('1.00');
  });

  it('is changed and counted anew, and deleted, and the audit log says so', async () => {
    const { till } = await app.world.openStation();
    const [one, other] = [await app.world.activeCard(till), await app.world.activeCard(till)];
    const { id } = await app.get(Segments).saveSegment({ name: 'Друзья', phones: [one.phone] }, SYSTEM);
    const path = `/admin/promotions/segments/${id}`;
    expect(faultsOf(await manager.submit(path, { added: 'нет' }, path))).toEqual({
      added: 'Это не похоже на телефон: нет',
    });
    const more = await manager.submit(path, { name: 'Друзья сети', added: other.phone }, path);
    expect(textOf(await manager.follow(more))).toContain('Сегмент сохранён: 2 клиента.');
    const fewer = await manager.submit(path, { removed: one.phone }, path);
    expect(textOf(await manager.follow(fewer))).toContain('Сегмент сохранён: 1 клиент.');
    const words = textOf(await manager.follow(await manager.submit(path, {}, `${path}/deletion`)));
    expect(words).toContain('Сегмент удалён.');
    expect(words).not.toContain('Друзья сети');
    expect((await manager.open(path)).status).toBe(404);
    expect(await app.database.query('select from segment_member where segment_id = $1', [id])).toEqual([]);
    const history = await app.database.query<{ action: string }>(
      'select action from audit_log where object_id = $1 order by seq',
      [id],
    );
    expect(history.map(({ action }) => action)).toEqual([
      ...['segment.saved', 'segment.changed', 'segment.changed', 'segment.deleted'],
    ]);
  });

  it('shows its conditions as they were typed, and takes others', async () => {
    const conditions = { ...NO_CONDITIONS, spentKopecks: 123_450, sex: 'female' as const, birthMonth: 3 };
    const { id } = await app.get(Segments).saveSegment({ name: 'Мартовские', conditions }, SYSTEM);
    const path = `/admin/promotions/segments/${id}`;
    expect((await manager.submit(path, {}, path)).status).toBe(303);
    const [same] = await app.database.query('select conditions from segment where id = $1', [id]);
    expect(same).toEqual({ conditions });
    expect(faultsOf(await manager.submit(path, { spent: '', sex: '', birthMonth: '' }, path))).toEqual({
      registeredFrom: 'Задайте хотя бы одно условие или телефоны',
    });
    await manager.submit(path, { spent: '', sex: '', birthMonth: '4' }, path);
    const [changed] = await app.database.query('select conditions from segment where id = $1', [id]);
    expect(changed).toEqual({ conditions: { ...NO_CONDITIONS, birthMonth: 4 } });
  });

  it('keeps whom it holds while a promotion that has not ended is for it', async () => {
    const { till } = await app.world.openStation();
    const [member, other] = [await app.world.activeCard(till), await app.world.activeCard(till)];
    const { id } = await app.get(Segments).saveSegment({ name: 'Занятый', phones: [member.phone] }, SYSTEM);
    const promotion = await draft({ title: 'Для занятых', segmentId: id });
    const path = `/admin/promotions/segments/${id}`;
    for (const refused of [
      await manager.submit(path, { added: other.phone }, path),
      await manager.submit(path, {}, `${path}/deletion`),
    ]) {
      expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('Сегмент занят акцией')]);
    }
    expect((await manager.submit(path, { name: 'Занятый делом' }, path)).status).toBe(303);
    await press(promotion, 'end');
    expect((await manager.submit(path, {}, `${path}/deletion`)).status).toBe(303);
    expect(textOf(await manager.open(promotion))).toContain('Занятый делом');
    const stale = await manager.submit(
      '/admin/promotions/new',
      { ...plain, title: 'Х', segmentId: id },
      '/admin/promotions',
    );
    expect(stale.status).toBe(422);
  });

  it('needs conditions or phones, and says which phone is none', async () => {
    const save = (fields: Record<string, string>) =>
      manager.submit('/admin/promotions/segments', { name: 'Х', ...fields }, '/admin/promotions/segments');
    expect(faultsOf(await save({}))).toEqual({ registeredFrom: 'Задайте хотя бы одно условие или телефоны' });
    expect(faultsOf(await save({ phones: '12' }))).toEqual({ phones: 'Это не похоже на телефон: 12' });
    expect(faultsOf(await save({ phones: '+79210000000', sex: 'male' }))).toEqual({
      phones: 'Либо условия, либо телефоны',
    });
    expect(faultsOf(await save({ ageFrom: 'x' }))).toEqual({ ageFrom: 'Введите целое число' });
  });
});

describe('in the cabinet', () => {
  it('customers read the promotions of these days, in their language, and those of their segment', async () => {
    const { till } = await app.world.openStation();
    const member = await app.world.activeCard(till);
    const other = await app.world.activeCard(till);
    const { id } = await app.get(Segments).saveSegment({ name: 'Свои', phones: [member.phone] }, SYSTEM);
    for (const fields of [
      { title: 'Для всех', titleEn: 'For all', text: 'Больше баллов', lastDay: '2099-03-31' },
      { title: 'Только своим', segmentId: id },
      { title: 'Через век', firstDay: '2099-01-01' },
      { title: 'Прошлая', lastDay: '2020-01-01' },
    ] as Record<string, string>[]) {
      await press(await draft(fields), 'publication');
    }
    await draft({ title: 'Черновик' });
    const read = async (phone: string): Promise<string> =>
      textOf(await (await app.signInCustomer({ phone })).open('/cabinet/promotions'));
    const hers = await read(member.phone);
    expect(hers).toContain('Для всех Больше баллов До 31 марта 2099 включительно');
    expect(hers).toContain('Только своим');
    expect(hers).not.toMatch(/Через век|Прошлая|Черновик/);
    expect(await read(other.phone)).not.toContain('Только своим');
  });
});

describe('the lists of purchases', () => {
  it('name the rules in the reader’s language', async () => {
    const { till, stationId } = await app.world.openStation();
    const terms = { title: 'Летняя', titleEn: 'Summer deal', stationChoice: 'only' as const, stationIds: [stationId] };
    const promotions = app.get(Promotions);
    await promotions.takeStep(
      await promotions.draftPromotion({ ...PLAIN_TERMS, ...terms }, SYSTEM),
      'published',
      SYSTEM,
    );
    const { number } = await app.world.activeCard(till);
    await till.purchase({ card: number, sum: '100.00' });
    const { email, password } = await app.world.hire('manager');
    const english = app.visitor();
    await english.submit('/admin/session/new', { email, password }, '/admin/session');
    await english.open('/language/en');
    for (const path of ['/admin', '/admin/purchases', `/admin/cards/${number}`]) {
      const words = textOf(await english.open(path));
      expect(words).toContain('1% of the purchase');
      expect(words).toContain('Summer deal');
    }
    expect(textOf(await manager.open(`/admin/cards/${number}`))).toContain('Летняя');
  });
});
