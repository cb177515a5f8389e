import { customer } from '../auth/people.js';
import { subscriber } from '../lines/subscriber.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, textOf, type Visitor } from '../support/visitor.js';
import { company, companyLine, eventsOf, lineRow, newInn } from './companies.js';

const app = useApp();
let clerk: Visitor;

beforeAll(async () => {
  clerk = await app.signInStaff(await app.world.hire('operator'));
});

const pathOf = (customerId: string) => `/admin/customers/${customerId}/company`;
const save = (customerId: string, fields: Fields) =>
  clerk.submit(pathOf(customerId), { ...fields }, pathOf(customerId));
const auditOf = async (action: string) =>
  (
    await app.database.query<{ facts: unknown }>(`select facts from audit_log where action = $1 order by seq desc`, [
      action,
    ])
  )[0];
/** As the buttons under the ticked rows send it: several boxes of one name. */
async function tick(customerId: string, lines: string[], to: string): Promise<{ status: number; text: string }> {
  const opened = await clerk.open(pathOf(customerId));
  const token = /name="_csrf" value="([^"]+)"/.exec(opened.text)?.[1] ?? '';
  const ticked = lines.map((line): [string, string] => ['line', line]);
  const answer = await fetch(`${app.url}${pathOf(customerId)}/esia`, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams([['_csrf', token], ['to', to], ...ticked]) },
    headers: {
      ...{
        cookie: clerk
          .cookies()
          .map(({ name, value }) => `${name}=${value}`)
          .join('; '),
      },
      ...{ origin: app.url, accept: 'text/html' },
    },
  });
  return { status: answer.status, text: await answer.text() };
}

describe('a clerk', () => {
  it('enters a company’s requisites, spaces and all, and corrects them', async () => {
    const { customerId } = await customer(app);
    const inn = newInn();
    const typed = {
      name: ' ООО «Ель» ',
      inn: `${inn.slice(0, 4)} ${inn.slice(4)}`,
      kpp: '773601001',
      email: 'buh@el.example',
    };
    const account = { bik: '049805746', account: '4060 2810 7000 0000 0025', correspondent: '30101810800000000746' };
    expect((await save(customerId, { ...typed, ...account })).status).toBe(303);
    const shown = textOf(await clerk.open(pathOf(customerId)));
    expect(shown).toContain('ООО «Ель»');
    expect(shown).toContain('40602810700000000025');
    expect((await save(customerId, { name: 'ООО «Сосна»', kpp: '' })).status).toBe(303);
    expect(textOf(await clerk.open(`/admin/customers/${customerId}`))).toContain('ООО «Сосна»');
    expect((await auditOf('company.edited'))?.facts).toEqual({ changed: ['name', 'kpp'] });
  });

  it('is told what is wrong, at its field, and keeps what they typed', async () => {
    const { customerId } = await customer(app);
    const wrong = { name: 'ИП Котова', inn: '500100732259', kpp: '773601001', ogrn: '304500116000158', account: '1' };
    const answer = await save(customerId, wrong);
    expect(answer.status).toBe(422);
    expect(Object.keys(fieldErrors(answer)).sort()).toEqual(['account', 'kpp', 'ogrn']);
    expect(answer.text).toContain('value="304500116000158"');
    expect(Object.keys(fieldErrors(await save(customerId, { name: '', inn: '7707083894' })))).toEqual(['name']);
    expect(Object.keys(fieldErrors(await save(customerId, { name: 'А', inn: '7707083894' })))).toEqual(['inn']);
    expect(textOf(await clerk.open(pathOf(customerId)))).toContain('Новая компания');
  });

  it('cannot give one INN to two customers, nor overwrite a colleague', async () => {
    const [first, second] = [await company(app), await customer(app)];
    expect(fieldErrors(await save(second.customerId, { name: 'Другая', inn: first.inn }))['inn']).toContain('уже есть');
    const [mine, theirs] = [await clerk.open(pathOf(first.customerId)), await clerk.open(pathOf(first.customerId))];
    const press = (opened: typeof mine, name: string) => clerk.submit(opened, { name }, pathOf(first.customerId));
    expect((await press(theirs, 'ООО «Сосна»')).status).toBe(303);
    const late = await press(mine, 'ООО «Пихта»');
    expect([late.status, textOf(late)]).toEqual([409, expect.stringContaining('Реквизиты уже изменили')]);
    const [row] = await app.database.query('select name, revision from company where inn = $1', [first.inn]);
    expect(row).toEqual({ name: 'ООО «Сосна»', revision: 2 });
  });

  it('races another for one INN, and one of them wins', async () => {
    const inn = newInn();
    const people = [await customer(app), await customer(app), await customer(app)];
    const answers = await Promise.all(people.map(({ customerId }) => save(customerId, { name: 'ООО «Ель»', inn })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422]);
  });

  it('finds a company by its INN and by its name', async () => {
    const { customerId, inn } = await company(app, 'АО «Редкий зверь»');
    expect((await clerk.get(`/admin/search?q=${inn}`)).headers.location).toBe(`/admin/customers/${customerId}`);
    for (const q of [inn.slice(0, 9), 'редкий', 'ЗВЕРЬ']) {
      expect(textOf(await clerk.open(`/admin/companies?q=${encodeURIComponent(q)}`))).toContain('АО «Редкий зверь»');
    }
    expect(textOf(await clerk.open('/admin/companies?q=нетникого'))).toContain('Ничего не нашлось');
  });

  it('says which numbers are the company’s, and confirms what the operator sees, many at once', async () => {
    const owner = await company(app);
    const lines = [await companyLine(app, owner, 'Анна Котова'), await companyLine(app, owner, 'Олег Ким')];
    const ids = lines.map(({ lineId }) => lineId);
    expect(await lineRow(app, ids[0]!)).toMatchObject({
      esia_state: 'to_do',
      user_kind: 'person',
      used_by: 'Анна Котова',
    });
    expect((await tick(owner.customerId, ids, 'confirmed')).status).toBe(303);
    for (const id of ids) {
      expect(await lineRow(app, id)).toMatchObject({ esia_state: 'confirmed', confirmed: true, esia_due_on: null });
      expect((await eventsOf(app, id)).at(-1)).toBe('esia_confirmed');
    }
    expect(await auditOf('line.esia_confirmed')).toBeDefined();
    expect((await tick(owner.customerId, [ids[0]!], 'not_needed')).status).toBe(303);
    expect(await lineRow(app, ids[0]!)).toMatchObject({ esia_state: 'not_needed', confirmed: false });
  });

  it('confirms nobody who was not named: of many all or none', async () => {
    const owner = await company(app);
    const [named, unnamed] = [await companyLine(app, owner, 'Анна Котова'), await companyLine(app, owner)];
    const answer = await tick(owner.customerId, [named.lineId, unnamed.lineId], 'confirmed');
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('Сначала назовите пользователя')]);
    expect(await lineRow(app, named.lineId)).toMatchObject({ esia_state: 'to_do' });
    expect((await tick(owner.customerId, [], 'confirmed')).status).toBe(422);
  });

  it('reaches no line of another customer through a company', async () => {
    const [owner, other] = [await company(app), await company(app)];
    const line = await companyLine(app, other, 'Анна Котова');
    expect((await tick(owner.customerId, [line.lineId], 'confirmed')).status).toBe(404);
    expect((await clerk.get(`${pathOf(owner.customerId)}/lines/${line.lineId}`)).status).toBe(404);
  });

  it('names a user for the company, over the phone', async () => {
    const owner = await company(app);
    const line = await companyLine(app, owner);
    const path = `${pathOf(owner.customerId)}/lines/${line.lineId}`;
    const device = { userKind: 'device', userName: 'Трекер', userNote: 'IMEI 356938035643809, Псков' };
    expect((await clerk.submit(path, device, `${path}/user`)).status).toBe(303);
    expect(textOf(await clerk.open(pathOf(owner.customerId)))).toContain('IMEI 356938035643809');
    expect(Object.keys(fieldErrors(await clerk.submit(path, { userName: '' }, `${path}/user`)))).toEqual(['userName']);
  });

  it('closes a company: its numbers stay, its duty goes, and the INN is free again', async () => {
    const owner = await company(app);
    const line = await companyLine(app, owner, 'Анна Котова');
    const path = pathOf(owner.customerId);
    expect((await clerk.submit(path, {}, `${path}/closing`)).status).toBe(303);
    expect(await lineRow(app, line.lineId)).toMatchObject({ esia_state: 'not_needed', used_by: 'Анна Котова' });
    const visitor = await app.signInCustomer(owner);
    expect((await visitor.get('/cabinet/company')).status).toBe(404);
    const { customerId } = await customer(app);
    expect((await save(customerId, { name: 'Преемник', inn: owner.inn })).status).toBe(303);
  });
});

describe('the list of companies', () => {
  it('begins with those who are overdue, and narrows to them', async () => {
    const [late, soon, done] = [
      await company(app, 'Опоздали'),
      await company(app, 'Скоро'),
      await company(app, 'Готовы'),
    ];
    await companyLine(app, late, 'Анна Котова');
    app.clock.shift({ days: 8 });
    await companyLine(app, soon, 'Олег Ким');
    app.clock.shift({ days: 4 });
    await subscriber(app, done, 'Директор');
    clerk = await app.signInStaff(await app.world.hire('operator'));
    const list = async (query: string) => {
      const answer = await clerk.get(`/admin/companies${query}`);
      expect([query, answer.status]).toEqual([query, 200]);
      return textOf(answer);
    };
    const all = await list('');
    const [first, second, third] = ['Опоздали', 'Скоро', 'Готовы'].map((name) => all.indexOf(name));
    expect(first! >= 0 && first! < second! && second! < third!).toBe(true);
    expect(all).toContain('просрочен 1 номер');
    const overdue = await list('?due=overdue');
    expect([overdue.includes('Опоздали'), overdue.includes('Скоро')]).toEqual([true, false]);
    const near = await list('?due=soon');
    expect([near.includes('Опоздали'), near.includes('Скоро'), near.includes('Готовы')]).toEqual([true, true, false]);
  });
});
