import { newTariff, order, orderRow, TELECOM } from '../orders/ordering.js';
import { receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, page, textOf } from '../support/visitor.js';

const app = useApp({ env: TELECOM });

describe('from a tariff’s page to a live number', () => {
  it('is one way for the visitor, the clerk and the customer', async () => {
    app.clock.set('2026-06-15T12:00:00+03:00');
    const number = '+79312345678';
    const [sim = ''] = await receive(app, 1, { sim: { number } });
    const [{ iccid }] = (await app.database.query('select iccid from sim_card where id = $1', [sim])) as [
      { iccid: string },
    ];
    const ordered = await order(app, { name: 'Ирина Петрова' }, await newTariff(app));
    const clerk = await app.signInStaff(await app.world.hire('operator'));
    const path = `/admin/orders/${ordered.id}`;
    const press = async (what: string, fields: Fields = {}) => {
      const answer = await clerk.submit(path, fields, `${path}/${what}`);
      expect([what, fields['to'], answer.status]).toEqual([what, fields['to'], 303]);
    };
    const move = async (to: string) => {
      const opened = await clerk.open(path);
      const form = page(opened)
        .querySelectorAll('form')
        .find((candidate) => candidate.querySelector(`input[name="to"][value="${to}"]`));
      const value = (name: string) => form!.querySelector(`input[name="${name}"]`)!.getAttribute('value');
      const answer = await clerk.post(
        `${path}/moves`,
        { _csrf: value('_csrf'), revision: value('revision'), to },
        path,
      );
      expect([to, answer.status]).toEqual([to, 303]);
    };
    await move('called');
    await press('sim', { sim });
    await move('agreed');
    expect(await app.smsTo(ordered.phone)).toContain('договорились');
    await press('papers');
    await move('prepared');
    await move('in_delivery');
    expect(await app.smsTo(ordered.phone)).toContain('курьер');

    const unsure = await clerk.submit(path, { surname: 'Петрова', name: 'Ирина' }, `${path}/hand-over`);
    expect(fieldErrors(unsure)).toHaveProperty('documentChecked');
    await press('hand-over', { surname: 'Петрова', name: 'Ирина', documentChecked: 'on' });
    const told = await app.smsTo(ordered.phone);
    expect(told).toContain('+79312345678');
    expect(told).not.toContain(iccid.slice(-4));
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'handed_over' });
    expect((await clerk.open(path)).text).not.toContain(iccid.slice(-4) + '<');

    const customer = app.visitor();
    const first = await customer.submit('/session/new', { phone: number, password: iccid.slice(-4) }, '/session');
    expect(first.headers.location).toMatch(/^\/session\/first\//);
    const code = await app.codeSentTo(number);
    const proved = await customer.submit(await customer.follow(first), { code });
    const password = 'зелёная лодка у причала';
    await customer.submit(await customer.follow(proved), { password });
    expect(textOf(await customer.open('/cabinet'))).toContain('+7 931 234-56-78');
    expect(textOf(await customer.open('/cabinet/lines'))).toContain('Подключается');

    await press('activation');
    expect(await app.smsTo(ordered.phone)).toContain('работает');
    const lines = await customer.open('/cabinet/lines');
    expect(textOf(lines)).toContain('+7 931 234-56-78');
    expect(textOf(lines)).toContain('Без переплат');
    expect(textOf(await ordered.visitor.open(ordered.path))).toContain('Номер работает');
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'active' });
    const own = await customer.open('/cabinet/orders');
    expect(page(own).querySelector(`a[href="/cabinet/orders/${ordered.id}"]`)?.text).toContain(`№ ${ordered.number}`);
    const line = page(lines).querySelector('a[href^="/cabinet/lines/"]')!.getAttribute('href')!;
    const papers = page(await customer.open(line)).querySelectorAll('a[href^="/cabinet/papers/"]');
    expect(papers).toHaveLength(3);
    const paper = await customer.get(papers[0]!.getAttribute('href')!);
    expect(paper.headers['content-type']).toContain('application/pdf');
    await app.expectBooksBalance();
  });
});
