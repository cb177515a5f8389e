import { OrderPurge } from '../../src/orders/forgetting/order-purge.service.js';
import { customer, customerWithPassword, PASSWORD, type Person } from '../auth/people.js';
import { company } from '../companies/companies.js';
import { openOffice, receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, page, textOf, type Visitor } from '../support/visitor.js';
import { bring } from './bringing.js';
import { newTariff, order, orderRow, sendOrder, TELECOM } from './ordering.js';

const app = useApp({ env: TELECOM });
const NEW = '/cabinet/orders/new';

interface Member extends Person {
  visitor: Visitor;
}

async function member(): Promise<Member> {
  const person = await customer(app);
  return { ...person, visitor: await app.signInCustomer(person) };
}

const WISH = { way: 'delivery', address: 'Псков, ул. Труда, 1', orderConsent: 'on' };

async function send({ visitor }: Member, fields: Fields = {}, device = 'phone') {
  const slug = fields['tariff'] ?? (await newTariff(app, device === 'phone' ? 'phone' : device)).slug;
  const typed = Object.entries({ ...WISH, ...fields, tariff: slug }).filter(([, value]) => value !== undefined);
  return visitor.submit(`${NEW}?device=${device}`, Object.fromEntries(typed), /orders\/new/);
}

const ordersOf = ({ customerId }: Member) =>
  app.database.query<Record<string, unknown> & { id: string; number: string }>(
    'select * from sim_order where customer_id = $1 order by number',
    [customerId],
  );

describe('a cabinet that is about to be deleted', () => {
  it('orders nothing, and says what keeps it once its day has passed', async () => {
    const person = await customerWithPassword(app);
    const visitor = await app.signInCustomer({ phone: person.phone, password: PASSWORD });
    const me = { ...person, visitor };
    const deletion = '/cabinet/profile/deletion';
    expect((await visitor.submit(deletion, { password: PASSWORD }, deletion)).status).toBe(303);
    const told = await visitor.open(NEW);
    expect(page(told).querySelector(`.notice a[href="${deletion}"]`)).not.toBeNull();
    const refused = await send(me);
    expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('Кабинет ждёт удаления')]);
    expect(await ordersOf(me)).toEqual([]);

    // By the public form all the same: then the day passes, and the page says why.
    const { slug } = await newTariff(app);
    await sendOrder(app, visitor, slug, { phone: person.phone });
    app.clock.advance({ days: 8 });
    await app.runDue();
    const later = await app.signInCustomer({ phone: person.phone, password: PASSWORD });
    const late = textOf(await later.open(deletion));
    expect(late).toContain('должен был удалиться');
    expect(late).toContain('заявка на номер ещё в работе');
    await later.submit(deletion, {}, `${deletion}/cancellation`);
    expect((await send({ ...me, visitor: later }, { orderConsent: undefined })).status).toBe(303);
  });
});

describe('further SIM cards from the cabinet', () => {
  it('are ordered with the profile’s name and phone, the consent asked once', async () => {
    const me = await member();
    const opened = await me.visitor.open('/cabinet/lines');
    expect(page(opened).querySelector(`a[href="${NEW}"]`)).not.toBeNull();
    const form = await me.visitor.open(NEW);
    expect(page(form).querySelector('[name="orderConsent"]')?.hasAttribute('checked')).toBe(false);
    const refused = await send(me, { orderConsent: undefined });
    expect(Object.keys(fieldErrors(refused))).toEqual(['orderConsent']);

    const answer = await send(me, { wantedNumber: 'на 77' });
    expect(answer.status).toBe(303);
    const [ordered] = await ordersOf(me);
    expect(ordered).toMatchObject({
      ...{ source: 'cabinet', state: 'new', name: 'Петрова Ирина', phone: me.phone, wanted_number: 'на 77' },
      ...{ consent_means: 'form', consent_version: '2025-01-01', used_by: null, request_place: 1 },
    });
    expect(answer.headers.location).toBe(`/cabinet/orders/${ordered!.id}`);
    expect(await app.smsTo(me.phone)).toContain(`№ ${ordered!.number}`);
    const register = textOf(await me.visitor.open('/cabinet/profile/consents'));
    expect(register).toContain('Подключение номера по заявке');

    const again = await me.visitor.open(NEW);
    expect(page(again).querySelector('[name="orderConsent"]')).toBeNull();
    expect(textOf(again)).toContain('то же согласие');
    expect(page(again).querySelector('[name="address"]')?.getAttribute('value')).toBe('Псков, ул. Труда, 1');
    const { slug } = await newTariff(app);
    const { orderConsent: _box, ...rest } = WISH;
    expect((await me.visitor.submit(again, { ...rest, tariff: slug }, /orders\/new/)).status).toBe(303);
    const [first, second] = await ordersOf(me);
    expect(second).toMatchObject({ consent_means: 'earlier', consent_at: first!['consent_at'] });
    expect(
      await app.database.query(`select from consent where customer_id = $1 and kind = 'order'`, [me.customerId]),
    ).toHaveLength(1);
  });

  it('are as many orders as cards, told of in one message', async () => {
    const me = await member();
    const answer = await send(me, { count: '3', simKind: 'esim', who: 'other', usedBy: 'Саша' }, 'tablet');
    expect(answer.headers.location).toBe('/cabinet/orders');
    const orders = await ordersOf(me);
    expect(orders.map(({ request_place, sim_kind, used_by }) => [request_place, sim_kind, used_by])).toEqual([
      [1, 'esim', 'Саша'],
      [2, 'esim', 'Саша'],
      [3, 'esim', 'Саша'],
    ]);
    expect(new Set(orders.map(({ request_id }) => request_id)).size).toBe(1);
    const sms = await app.smsTo(me.phone);
    for (const { number } of orders) expect(sms).toContain(number);
    const told = await app.database.query(
      `select from message where recipient = $1 and created_at > now() - interval '1 hour'`,
      [me.phone],
    );
    expect(told).toHaveLength(2);
  });

  it('are ordered once, however often the button is pressed and in however many tabs', async () => {
    const me = await member();
    const [one, two] = [await me.visitor.open(NEW), await me.visitor.open(NEW)];
    const { slug: tariff } = await newTariff(app);
    const press = (tab: typeof one) => me.visitor.submit(tab, { ...WISH, tariff, count: '2' }, /orders\/new/);
    const answers = await Promise.all([press(one), press(one)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await ordersOf(me)).toHaveLength(2);
    // Another tab is another order.
    expect((await press(two)).status).toBe(303);
    expect(await ordersOf(me)).toHaveLength(4);
    const stranger = await member();
    expect((await stranger.visitor.submit(one, { ...WISH, tariff }, /orders\/new/)).status).not.toBe(303);
    expect(await ordersOf(stranger)).toHaveLength(0);
  });

  it('show what is wrong beside each field and keep what was typed', async () => {
    const me = await member();
    const wrong = { tariff: '', count: '9', address: '', who: 'other', usedBy: '', comment: 'после шести' };
    const refused = await me.visitor.submit(NEW, { ...WISH, ...wrong }, /orders\/new/);
    expect(refused.status).toBe(422);
    expect(Object.keys(fieldErrors(refused)).sort()).toEqual(['address', 'count', 'tariff', 'usedBy']);
    expect(fieldErrors(refused)['usedBy']).not.toContain('Не длиннее');
    expect(page(refused).querySelector('[name="comment"]')?.getAttribute('value')).toBe('после шести');
    await openOffice(app);
    const noOffice = await send(me, { way: 'pickup', office: '' });
    expect(Object.keys(fieldErrors(noOffice))).toEqual(['office']);
    const foreign = await send(me, { foreignCitizen: 'on' });
    expect(textOf(foreign)).toContain('только в офисе');
    const missing = await send(me, { simKind: 'none', way: 'pigeon' });
    expect(textOf(missing)).toContain('Выберите SIM-карту');
    expect(textOf(missing)).toContain('Выберите, как получить');
    expect(await ordersOf(me)).toHaveLength(0);
  });

  it('fit the device, and the tariff’s page leads here', async () => {
    const me = await member();
    const [phone, modem] = [await newTariff(app), await newTariff(app, 'modem')];
    const offered = async (device: string) =>
      page(await me.visitor.open(`${NEW}?device=${device}`))
        .querySelectorAll('[name="tariff"] option')
        .map((option) => option.getAttribute('value'));
    expect(await offered('modem')).toContain(modem.slug);
    expect(await offered('modem')).not.toContain(phone.slug);
    expect(await offered('watch')).toContain(phone.slug);
    const link = page(await me.visitor.open(`/tariffs/${modem.slug}`)).querySelector('a[href*="orders/new"]');
    const path = link!.getAttribute('href')!;
    expect(path).toBe(`${NEW}?tariff=${modem.slug}`);
    expect((await me.visitor.submit(path, WISH, /orders\/new/)).status).toBe(303);
    expect((await ordersOf(me))[0]).toMatchObject({ tariff_version_id: modem.versionId });
    expect(page(await app.visitor().open(`/tariffs/${modem.slug}`)).querySelector('a[href*="orders/new"]')).toBeNull();
  });

  it('need a name, are limited, and are nobody’s who has not logged in', async () => {
    const me = await member();
    await app.database.query('update customer set name = null, surname = null where id = $1', [me.customerId]);
    const form = await me.visitor.open(NEW);
    expect(textOf(form)).toContain('нужно ваше имя');
    const token = /name="_csrf" value="([^"]+)"/.exec(form.text)?.[1];
    const { slug: tariff } = await newTariff(app);
    const sent = {
      ...WISH,
      tariff,
      formId: '0190a1b2-0000-7000-8000-00000000aaaa',
      count: '1',
      who: 'self',
      simKind: 'esim',
    };
    expect((await me.visitor.post(NEW, { ...sent, _csrf: token }, NEW)).status).toBe(409);
    expect((await me.visitor.post(NEW, sent, NEW)).status).toBe(403);
    await app.database.query(`update customer set name = 'Ирина' where id = $1`, [me.customerId]);
    const answers = [];
    for (let i = 0; i < 3; i++) {
      answers.push((await send(me, { count: '5', orderConsent: i === 0 ? 'on' : undefined })).status);
    }
    expect(answers).toEqual([303, 303, 429]);
    expect(await ordersOf(me)).toHaveLength(10);
    expect((await app.visitor().get(NEW)).status).toBe(303);
  });
});

describe('one’s own orders in the cabinet', () => {
  it('are followed and cancelled without a link, by their owner alone', async () => {
    const me = await member();
    const path = String((await send(me)).headers.location);
    expect(textOf(await me.visitor.open(path))).toContain('Мы позвоним вам');
    const stranger = await member();
    expect((await stranger.visitor.open(path)).status).toBe(404);
    const theirs = String((await send(stranger)).headers.location);
    const token = /name="_csrf" value="([^"]+)"/.exec((await stranger.visitor.open(theirs)).text)?.[1];
    expect((await stranger.visitor.post(`${path}/cancellation`, { _csrf: token }, theirs)).status).toBe(404);
    expect((await me.visitor.submit(path, {}, /cancellation$/)).status).toBe(303);
    expect((await ordersOf(me))[0]).toMatchObject({ state: 'cancelled' });
    const [event] = await app.database.query(
      `select actor_kind from sim_order_event where order_id = $1 and to_state = 'cancelled'`,
      [(await ordersOf(me))[0]!.id],
    );
    expect(event).toEqual({ actor_kind: 'customer' });
    expect((await me.visitor.get(path)).status).toBe(200);
  });

  it('are those of the phone that they log in with, too', async () => {
    const person = await customer(app);
    const ordered = await order(app, { phone: person.phone });
    const visitor = await app.signInCustomer(person);
    expect(
      page(await visitor.open('/cabinet/orders')).querySelector(`a[href="/cabinet/orders/${ordered.id}"]`),
    ).not.toBeNull();
    expect((await visitor.submit(`/cabinet/orders/${ordered.id}`, {}, /cancellation$/)).status).toBe(303);
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'cancelled' });
  });

  it('cannot be cancelled when something is agreed upon', async () => {
    const me = await member();
    const hired = await app.world.hire('operator');
    const path = String((await send(me)).headers.location);
    const opened = await me.visitor.open(path);
    const [sim = ''] = await receive(app);
    const [{ id } = { id: '' }] = await ordersOf(me);
    await bring(app, hired.id, id, sim);
    expect(page(await me.visitor.open(path)).querySelector('form[action$="/cancellation"]')).toBeNull();
    expect((await me.visitor.submit(opened, {}, /cancellation$/)).status).toBe(409);
  });
});

describe('the hand-over of what was ordered in the cabinet', () => {
  it('goes to that customer, whom the clerk sees, and to whoever was named to use it', async () => {
    const me = await member();
    const hired = await app.world.hire('operator');
    const clerk = await app.signInStaff(hired);
    await send(me, { who: 'other', usedBy: 'Саша', count: '2' });
    const [first, second] = await ordersOf(me);
    const [sim = ''] = await receive(app);
    await bring(app, hired.id, first!.id, sim);
    const desk = await clerk.open(`/admin/orders/${first!.id}`);
    expect(textOf(desk)).toContain('Номер получит клиент: Петрова Ирина');
    expect(page(desk).querySelector(`a[href="/admin/orders/${second!.id}"]`)).not.toBeNull();
    expect(page(desk).querySelector('[name="usedBy"]')?.getAttribute('value')).toBe('Саша');
    const done = await clerk.submit(desk, { documentChecked: 'on' }, /hand-over$/);
    expect(done.status).toBe(303);
    const [line] = await app.database.query('select customer_id, used_by from line where order_id = $1', [first!.id]);
    expect(line).toEqual({ customer_id: me.customerId, used_by: 'Саша' });
    expect(textOf(await me.visitor.open('/cabinet/lines'))).toContain('Саша');
  });

  it('is a company’s where the customer is one, with the number it is known by', async () => {
    const me = await member();
    const { name, inn } = await company(app, 'ООО «Ель»', me);
    expect(textOf(await me.visitor.open(NEW))).toContain(name);
    await send(me);
    const [ordered] = await ordersOf(me);
    const [sim = ''] = await receive(app);
    const hired = await app.world.hire('operator');
    await bring(app, hired.id, ordered!.id, sim);
    const clerk = await app.signInStaff(hired);
    const desk = await clerk.open(`/admin/orders/${ordered!.id}`);
    expect(page(desk).querySelector('[name="inn"]')?.getAttribute('value')).toBe(inn);
    expect((await clerk.submit(desk, { documentChecked: 'on' }, /hand-over$/)).status).toBe(303);
    const [line] = await app.database.query('select customer_id, esia_state from line where order_id = $1', [
      ordered!.id,
    ]);
    expect(line).toEqual({ customer_id: me.customerId, esia_state: 'to_do' });
  });

  it('puts the consent of a stranger’s order into the register with its own moment', async () => {
    const hired = await app.world.hire('operator');
    const clerk = await app.signInStaff(hired);
    const ordered = await order(app);
    const { consent_at } = await orderRow(app, ordered.id);
    app.clock.advance({ minutes: 20 });
    const [sim = ''] = await receive(app);
    await bring(app, hired.id, ordered.id, sim);
    const fields = { surname: 'Петрова', name: 'Ирина', documentChecked: 'on' };
    await clerk.submit(`/admin/orders/${ordered.id}`, fields, /hand-over$/);
    const { customer_id } = await orderRow(app, ordered.id);
    const consents = await app.database.query(
      `select kind, source, text_version, given_at from consent where customer_id = $1`,
      [customer_id],
    );
    expect(consents).toEqual([{ kind: 'order', source: 'order', text_version: '2025-01-01', given_at: consent_at }]);
  });
});

describe('orders that were closed long ago', () => {
  it('hold no name, phone or word any more', async () => {
    const me = await member();
    const path = String(
      (await send(me, { comment: 'Редкое-слово', usedBy: 'Редкий-Саша', who: 'other' })).headers.location,
    );
    await me.visitor.submit(path, {}, /cancellation$/);
    const fresh = await order(app);
    const [{ id } = { id: '' }] = await ordersOf(me);
    const secret = /\/orders\/([\w-]{22})/.exec(await app.smsTo(me.phone))![1]!;
    expect((await app.visitor().open(`/orders/${secret}`)).status).toBe(200);
    const [closed] = await app.database.query<{ count: string }>(
      'select count(*) from sim_order where closed_at is not null',
    );
    const later = (days: number) => new Date(app.clock.now().getTime() + days * 86_400_000);
    expect(await app.get(OrderPurge).forgetOld(later(1095))).toBe(0);
    expect(await app.get(OrderPurge).forgetOld(later(1097))).toBe(Number(closed!.count));
    expect(await app.get(OrderPurge).forgetOld(later(1097))).toBe(0);
    expect(await orderRow(app, id)).toMatchObject({
      ...{
        name: 'Стёрт',
        phone: '+99900000000',
        address: 'Стёрт',
        used_by: null,
        comment: null,
        customer_id: null,
      },
      state: 'cancelled',
    });
    expect(await orderRow(app, fresh.id)).toMatchObject({ phone: fresh.phone, forgotten_at: null });
    expect((await app.visitor().open(`/orders/${secret}`)).status).toBe(404);
    expect(await ordersOf(me)).toHaveLength(0);
    // The consent went with the order that it was given for.
    expect(page(await me.visitor.open(NEW)).querySelector('[name="orderConsent"]')).not.toBeNull();
  });

  it('leave the line and the papers that came of them', async () => {
    const me = await member();
    const hired = await app.world.hire('operator');
    const clerk = await app.signInStaff(hired);
    await send(me);
    const [{ id } = { id: '' }] = await ordersOf(me);
    const [sim = ''] = await receive(app);
    await bring(app, hired.id, id, sim);
    await clerk.submit(`/admin/orders/${id}`, { documentChecked: 'on' }, /hand-over$/);
    await clerk.submit(`/admin/orders/${id}`, {}, /activation$/);
    app.clock.advance({ days: 1097 });
    await app.runDue();
    expect(await orderRow(app, id)).toMatchObject({ state: 'active', customer_id: me.customerId, name: 'Стёрт' });
    const [line] = await app.database.query('select state, number from line where order_id = $1', [id]);
    expect(line).toMatchObject({ state: 'active' });
    expect(await app.database.query('select from paper where subject_id = $1', [id])).toHaveLength(3);
    const again = await app.signInStaff(hired);
    expect((await again.open(`/admin/orders/${id}`)).status).toBe(200);
  });
});

describe('a customer who leaves', () => {
  const DELETION = '/cabinet/profile/deletion';

  it('cancels what is open first, and takes their words along', async () => {
    const person = await customerWithPassword(app);
    const me = { ...person, visitor: await app.signInCustomer({ ...person, password: PASSWORD }) };
    const path = String((await send(me, { who: 'other', usedBy: 'Заглоба', comment: 'Скшетуский' })).headers.location);
    const [{ id } = { id: '' }] = await ordersOf(me);
    expect(page(await me.visitor.open(DELETION)).querySelector('[name="password"]')).toBeNull();
    await me.visitor.submit(path, {}, /cancellation$/);
    expect((await me.visitor.submit(DELETION, { password: PASSWORD }, DELETION)).status).toBe(303);
    app.clock.advance({ days: 8 });
    await app.runDue();
    const row = await orderRow(app, id);
    expect(row).toMatchObject({ state: 'cancelled', phone: '+99900000000', used_by: null, comment: null });
    expect(JSON.stringify(row)).not.toMatch(/Заглоба|Скшетуский|Псков/);
  });
});
