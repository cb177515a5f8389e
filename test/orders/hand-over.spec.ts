import { customer } from '../auth/people.js';
import { newInn } from '../companies/companies.js';
import { receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, page, textOf, type Visitor } from '../support/visitor.js';
import { OrderDesk } from '../../src/orders/desk/order-desk.service.js';
import { OrderSims } from '../../src/orders/desk/order-sims.service.js';
import { bring as bringTo, seenBy } from './bringing.js';
import { order, type Ordered, orderRow, sendOrder, newTariff, TELECOM } from './ordering.js';

const app = useApp({ env: TELECOM });
let clerk: Visitor;
let clerkId: string;

beforeAll(async () => {
  const hired = await app.world.hire('operator');
  clerk = await app.signInStaff(hired);
  clerkId = hired.id;
});

const PERSON = { surname: 'Петрова', name: 'Ирина', documentChecked: 'on' };
const pathOf = ({ id }: Pick<Ordered, 'id'>) => `/admin/orders/${id}`;
const handOver = (ordered: Pick<Ordered, 'id'>, fields: Fields = {}) =>
  clerk.submit(pathOf(ordered), { ...PERSON, ...fields }, `${pathOf(ordered)}/hand-over`);

const bring = (ordered: Pick<Ordered, 'id'>, simId: string) => bringTo(app, clerkId, ordered.id, simId);

const iccidOf = async (simId: string) => {
  const [sim] = await app.database.query<{ iccid: string }>('select iccid from sim_card where id = $1', [simId]);
  return sim!.iccid;
};
const logIn = (phone: string, password: string) =>
  app.visitor().submit('/session/new', { phone, password }, '/session');

describe('handing over', () => {
  it('waits for papers, and for new ones where another card was taken after them', async () => {
    const [first = '', second = ''] = await receive(app, 2);
    const ordered = await order(app);
    const move = async (to: 'called' | 'agreed' | 'prepared' | 'in_delivery') =>
      app.get(OrderDesk).move(await seenBy(app, clerkId, ordered.id), { to, reason: null, refusal: null });
    await app.get(OrderSims).reserve(await seenBy(app, clerkId, ordered.id), first);
    for (const to of ['called', 'agreed', 'prepared', 'in_delivery'] as const) await move(to);
    const none = await handOver(ordered);
    expect(none.status).toBe(409);
    expect(textOf(none)).toContain('Сначала оформите документы');
    expect(page(none).querySelector('#hand-over a[href="#papers"]')).not.toBeNull();
    expect(page(none).querySelector('[name="surname"]')?.getAttribute('value')).toBe(PERSON.surname);
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'in_delivery', line_id: null });

    await clerk.submit(pathOf(ordered), {}, /papers$/);
    for (const to of ['prepared', 'agreed'] as const) {
      const step = { to, reason: 'другая карта', refusal: null };
      await app.get(OrderDesk).move(await seenBy(app, clerkId, ordered.id), step);
    }
    await app.get(OrderSims).reserve(await seenBy(app, clerkId, ordered.id), second);
    for (const to of ['prepared', 'in_delivery'] as const) await move(to);
    const stale = await handOver(ordered);
    expect(stale.status).toBe(409);
    expect(textOf(stale)).toContain('оформите документы заново');
    await clerk.submit(pathOf(ordered), {}, /papers$/);
    expect((await handOver(ordered)).status).toBe(303);
    // Whoever loses a paper gets it once more, in the cabinet too.
    expect((await clerk.submit(pathOf(ordered), {}, /papers$/)).status).toBe(303);
    const { customer_id } = await orderRow(app, ordered.id);
    const papers = await app.database.query('select customer_id from paper where subject_id = $1', [ordered.id]);
    expect(papers).toEqual(Array(9).fill({ customer_id }));
  });

  it('asks for the number of a card that has none yet', async () => {
    const [sim = ''] = await receive(app, 1, { sim: { number: null } });
    const ordered = await order(app);
    await bring(ordered, sim);
    expect(Object.keys(fieldErrors(await handOver(ordered, { number: '12' })))).toEqual(['number']);
    expect((await handOver(ordered, { number: '8 900 777-10-01' })).status).toBe(303);
    const [line] = await app.database.query('select number, state from line where order_id = $1', [ordered.id]);
    expect(line).toEqual({ number: '+79007771001', state: 'handed_over' });
    // The first papers had a blank where the number is: the customer gets others.
    const [contracts] = await app.database.query(
      `select count(*)::int, count(distinct sha256)::int as different from paper
       where subject_id = $1 and kind = 'contract' and customer_id is not null`,
      [ordered.id],
    );
    expect(contracts).toEqual({ count: 2, different: 2 });
  });

  it('opens no cabinet with a company’s card, nor with one that somebody else uses', async () => {
    const sims = await receive(app, 2);
    const company = await order(app, { company: 'ООО «Ель»' });
    const child = await order(app);
    await bring(company, sims[0]!);
    await bring(child, sims[1]!);
    expect((await handOver(company, { inn: newInn() })).status).toBe(303);
    expect((await handOver(child, { usedBy: 'Сын' })).status).toBe(303);
    const lines = await app.database.query<{ number: string; used_by: string; sim_id: string }>(
      'select number, used_by, sim_id from line where sim_id = any($1) order by used_by desc',
      [sims],
    );
    expect(lines.map(({ used_by }) => used_by)).toEqual(['Сын', 'ООО «Ель»']);
    for (const { number, sim_id } of lines) {
      expect((await logIn(number, (await iccidOf(sim_id)).slice(-4))).status).toBe(422);
    }
    expect(await app.smsTo(child.phone)).not.toContain('последние 4 цифры');
  });

  it('makes the receiver the company with the INN that the clerk was told, and its user is to be put into ESIA', async () => {
    const [first = '', second = '', third = ''] = await receive(app, 3);
    const inn = newInn();
    const ordered = await order(app, { company: 'ООО «Ель»' });
    await bring(ordered, first);
    expect(fieldErrors(await handOver(ordered, { inn: '' }))['inn']).toContain('Введите ИНН');
    expect(fieldErrors(await handOver(ordered, { inn: '7707083894' }))['inn']).toContain('не сходятся');
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'in_delivery' });
    expect((await handOver(ordered, { inn: `${inn.slice(0, 5)} ${inn.slice(5)}` })).status).toBe(303);
    const { customer_id: customerId } = await orderRow(app, ordered.id);
    const companies = await app.database.query('select customer_id, name from company where inn = $1', [inn]);
    expect(companies).toEqual([{ customer_id: customerId, name: 'ООО «Ель»' }]);
    const lineOf = (sim: string) =>
      app.database.query('select customer_id, used_by, user_kind, esia_state from line where sim_id = $1', [sim]);
    const line = { customer_id: customerId, user_kind: null, esia_state: 'to_do' };
    expect(await lineOf(first)).toEqual([{ ...line, used_by: 'ООО «Ель»' }]);

    // Whoever else of the company orders, it is the company's number.
    const colleague = await order(app, { company: 'Ель' });
    await bring(colleague, second);
    expect((await handOver(colleague, { inn, usedBy: 'Анна Котова' })).status).toBe(303);
    expect(await lineOf(second)).toEqual([{ ...line, used_by: 'Анна Котова', user_kind: 'person' }]);

    expect(await app.smsTo(colleague.phone)).toContain('в кабинете того, на кого он оформлен');

    // Somebody else's company is one that the clerk means, or a slip.
    const [fourth = ''] = await receive(app);
    const stranger = await order(app, { company: 'ООО «Чужая»' });
    await bring(stranger, fourth);
    const slip = await handOver(stranger, { inn });
    expect(fieldErrors(slip)['inn']).toContain('ИНН принадлежит ООО «Ель»');
    expect(await orderRow(app, stranger.id)).toMatchObject({ state: 'in_delivery', customer_id: null });
    expect((await clerk.submit(slip, { forCompany: 'on', documentChecked: 'on' }, /hand-over$/)).status).toBe(303);
    expect(await orderRow(app, stranger.id)).toMatchObject({ customer_id: customerId });

    // The same person for another company is somebody to be asked about.
    const other = await order(app, { company: 'ООО «Сосна»', phone: ordered.phone });
    await bring(other, third);
    expect(fieldErrors(await handOver(other, { inn: newInn() }))['inn']).toContain('другая компания');
    expect(await orderRow(app, other.id)).toMatchObject({ state: 'in_delivery' });
  });

  it('joins the customer of the contact phone, and fills only what is empty', async () => {
    const known = await customer(app);
    const [sim = ''] = await receive(app);
    const ordered = await order(app, { phone: known.phone });
    await bring(ordered, sim);
    const other = await handOver(ordered, { surname: 'Чужая' });
    expect(fieldErrors(other)['surname']).toContain('Петрова Ирина');
    expect(Object.keys(fieldErrors(await handOver(ordered, { name: 'Ольга' })))).toEqual(['name']);
    expect(await orderRow(app, ordered.id)).toMatchObject({ customer_id: null, state: 'in_delivery' });
    const done = await clerk.submit(other, { samePerson: 'on', documentChecked: 'on' }, /hand-over$/);
    expect([done.status, fieldErrors(done)]).toEqual([303, {}]);
    const audits = await app.database.query(
      `select facts from audit_log where action = 'sim_order.receiver_confirmed' and object_id = $1`,
      [ordered.id],
    );
    expect(audits).toEqual([{ facts: { customer: known.customerId } }]);
    const [profile] = await app.database.query('select surname from customer where id = $1', [known.customerId]);
    expect(profile).toEqual({ surname: 'Петрова' });
    expect(await orderRow(app, ordered.id)).toMatchObject({ customer_id: known.customerId, state: 'handed_over' });
    const [account] = await app.database.query('select from personal_account where customer_id = $1', [
      known.customerId,
    ]);
    expect(account).toBeDefined();
  });

  it('gives the number to whoever ordered from the cabinet, whatever phone they left', async () => {
    const known = await customer(app);
    const visitor = await app.signInCustomer(known);
    const { slug } = await newTariff(app);
    const phone = app.world.newPhone();
    expect((await sendOrder(app, visitor, slug, { phone })).status).toBe(303);
    const [ordered] = await app.database.query<{ id: string; source: string }>(
      'select id, source from sim_order where phone = $1',
      [phone],
    );
    expect(ordered!.source).toBe('cabinet');
    const [sim = ''] = await receive(app);
    await bring(ordered!, sim);
    await handOver(ordered!);
    expect(await orderRow(app, ordered!.id)).toMatchObject({ customer_id: known.customerId });
    expect(textOf(await visitor.open('/cabinet/orders'))).toContain('Передана');
    const stranger = await app.signInCustomer(await customer(app));
    expect(textOf(await stranger.open('/cabinet/orders'))).toContain('Заявок нет');
    const [paper] = await app.database.query<{ id: string }>('select id from paper where subject_id = $1 limit 1', [
      ordered!.id,
    ]);
    expect((await stranger.get(`/cabinet/papers/${paper!.id}.pdf`)).status).toBe(404);
    expect((await visitor.get(`/cabinet/papers/${paper!.id}.pdf`)).status).toBe(200);
  });

  it('happens once, whoever presses twice, and whole or not at all', async () => {
    const [sim = ''] = await receive(app);
    const ordered = await order(app);
    await bring(ordered, sim);
    const opened = await clerk.open(pathOf(ordered));
    const press = () => clerk.submit(opened, PERSON, `${pathOf(ordered)}/hand-over`);
    const answers = await Promise.all([press(), press()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await app.database.query('select from line where order_id = $1', [ordered.id])).toHaveLength(1);

    const [second = ''] = await receive(app, 1, { sim: { number: null } });
    const other = await order(app);
    await bring(other, second);
    const [{ number }] = (await app.database.query('select number from line where order_id = $1', [ordered.id])) as [
      { number: string },
    ];
    expect(Object.keys(fieldErrors(await handOver(other, { number })))).toEqual(['number']);
    expect(await orderRow(app, other.id)).toMatchObject({ state: 'in_delivery', customer_id: null });
    const [card] = await app.database.query('select state from sim_card where id = $1', [second]);
    expect(card).toEqual({ state: 'reserved' });
    expect(await app.database.query('select from login where phone = $1', [other.phone])).toEqual([]);
  });

  it('shows nobody the card’s last digits', async () => {
    const [sim = ''] = await receive(app);
    const ordered = await order(app);
    await bring(ordered, sim);
    await handOver(ordered);
    const iccid = await iccidOf(sim);
    const shown = await clerk.open(pathOf(ordered));
    expect(page(shown).text.replace(/\s/g, '')).not.toContain(iccid);
    expect(page(shown).text).toMatch(/•\s?•\s?•\s?•/);
    const told = await app.database.query<{ body: string }>('select body from dev_inbox where recipient = $1', [
      ordered.phone,
    ]);
    expect(told.length).toBeGreaterThan(2);
    expect(told.filter(({ body }) => body.includes(iccid.slice(-4)))).toEqual([]);
  });
});
