import { customer } from '../auth/people.js';
import { openOffice, receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, page, textOf, type Visitor } from '../support/visitor.js';
import { bring, seenBy } from './bringing.js';
import { newTariff, order, type Ordered, orderRow, TELECOM } from './ordering.js';
import { OrderSims } from '../../src/orders/desk/order-sims.service.js';

const app = useApp({ env: TELECOM });
const NEW = '/admin/orders/new';
let anna: Visitor;
let boris: Visitor;
let annaId: string;

beforeAll(async () => {
  const hired = await app.world.hire('operator');
  annaId = hired.id;
  anna = await app.signInStaff(hired);
  boris = await app.signInStaff(await app.world.hire('operator'));
});

const SAID = {
  name: 'Олег Ветров',
  way: 'delivery',
  address: 'Псков, ул. Труда, 2',
  consentMeans: 'voice',
  orderConsent: 'on',
};

async function enter(fields: Fields = {}, visitor = anna) {
  const tariff = fields['tariff'] ?? (await newTariff(app)).slug;
  return visitor.submit(NEW, { ...SAID, phone: app.world.newPhone(), ...fields, tariff }, NEW);
}

const rowOf = async (location: string | undefined) => orderRow(app, String(location).split('/').pop()!);

describe('an application that a clerk enters', () => {
  it('is the clerk’s, says how consent was given, and the person gets the link', async () => {
    const phone = app.world.newPhone();
    const answer = await enter({ phone, consentMeans: 'paper', usedBy: 'Бабушка' });
    expect(answer.status).toBe(303);
    const row = await rowOf(answer.headers.location);
    expect(row).toMatchObject({
      ...{ source: 'staff', state: 'new', phone, name: 'Олег Ветров', assignee_id: annaId, customer_id: null },
      ...{ consent_means: 'paper', consent_version: '2025-01-01', used_by: 'Бабушка' },
    });
    const link = /http\S+(\/orders\/[\w-]{22})/.exec(await app.smsTo(phone))![1]!;
    const reader = app.visitor();
    expect(textOf(await reader.open(link))).toContain(`Заявка № ${String(row['number'])}`);
    expect((await reader.submit(link, {}, /cancellation$/)).status).toBe(303);
    const shown = textOf(await anna.open(String(answer.headers.location)));
    expect(shown).toContain('на бумаге');
  });

  it('is a known customer’s when the clerk was told whose phone it is', async () => {
    const known = await customer(app);
    const { slug: tariff } = await newTariff(app);
    const told = await enter({ phone: known.phone, tariff });
    expect(told.status).toBe(409);
    expect(page(told).querySelector(`a[href="/admin/customers/${known.customerId}"]`)).not.toBeNull();
    expect(page(told).querySelector('[name="name"]')?.getAttribute('value')).toBe('Олег Ветров');
    expect(await app.database.query('select from sim_order where phone = $1', [known.phone])).toEqual([]);
    const sent = await anna.submit(told, { orderConsent: 'on' }, NEW);
    expect(sent.status).toBe(303);
    expect(await rowOf(sent.headers.location)).toMatchObject({ customer_id: known.customerId });
    const visitor = await app.signInCustomer(known);
    expect(page(await visitor.open('/cabinet/orders')).querySelectorAll('a[href^="/cabinet/orders/0"]')).toHaveLength(
      1,
    );
    expect(textOf(await visitor.open('/cabinet/profile/consents'))).toContain('сотруднику');

    const found = await anna.open(`${NEW}?phone=${encodeURIComponent(known.phone)}`);
    expect(page(found).querySelector('[name="name"]')?.getAttribute('value')).toBe('Петрова Ирина');
    // Somebody else's phone typed over it: told anew.
    const other = await anna.submit(found, { ...SAID, tariff, phone: app.world.newPhone() }, NEW);
    expect(other.status).toBe(409);
  });

  it('shows what is wrong beside each field, keeps what was typed, and is one however often it is sent', async () => {
    const wrong = { name: '', phone: '12', email: 'x', address: '', tariff: '', comment: 'вечером' };
    const refused = await anna.submit(NEW, { ...SAID, ...wrong, orderConsent: undefined }, NEW);
    expect(refused.status).toBe(422);
    expect(Object.keys(fieldErrors(refused)).sort()).toEqual([
      ...['address', 'email', 'name', 'orderConsent', 'phone', 'tariff'],
    ]);
    expect(page(refused).querySelector('[name="comment"]')?.getAttribute('value')).toBe('вечером');
    const noMeans = await enter({ consentMeans: '' });
    expect(textOf(noMeans)).toContain('Выберите, как дано согласие');
    expect((await enter({ foreignCitizen: 'on' })).status).toBe(422);
    const form = await anna.open(NEW);
    const phone = app.world.newPhone();
    const { slug: tariff } = await newTariff(app);
    const press = () => anna.submit(form, { ...SAID, phone, tariff }, NEW);
    const answers = await Promise.all([press(), press()]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(answers[0].headers.location).toBe(answers[1].headers.location);
    expect(await app.database.query('select from sim_order where phone = $1', [phone])).toHaveLength(1);
  });

  it('is entered by the desk alone', async () => {
    const books = await app.signInStaff(await app.world.hire('accountant'));
    expect((await books.get(NEW)).status).toBe(403);
    expect((await app.visitor().get(NEW)).status).toBe(303);
  });
});

const pathOf = ({ id }: Pick<Ordered, 'id'>) => `/admin/orders/${id}`;
const take = (visitor: Visitor, ordered: Ordered) => visitor.submit(pathOf(ordered), {}, /assignment$/);
const change = (ordered: Ordered, fields: Fields, visitor = anna) =>
  visitor.submit(`${pathOf(ordered)}/edit`, fields, `${pathOf(ordered)}/edit`);

describe('an order that a clerk puts right', () => {
  it('is as it was told, with a history that says which fields and no values', async () => {
    const ordered = await order(app);
    const office = await openOffice(app, 'Офис на Мира');
    await take(anna, ordered);
    const { slug, versionId } = await newTariff(app);
    const fields = { name: 'Пётр Зимин', email: 'p@example.org', way: 'pickup', office, tariff: slug, simKind: 'esim' };
    expect((await change(ordered, { ...fields, wantedNumber: '00' })).status).toBe(303);
    expect(await orderRow(app, ordered.id)).toMatchObject({
      ...{ name: 'Пётр Зимин', email: 'p@example.org', way: 'pickup', office_id: office, address: null },
      ...{ tariff_version_id: versionId, sim_kind: 'esim', wanted_number: '00', phone: ordered.phone },
    });
    const [event] = await app.database.query(
      `select fields, comment from sim_order_event where order_id = $1 and kind = 'changed'`,
      [ordered.id],
    );
    expect(event).toEqual({
      comment: null,
      fields: ['name', 'email', 'way', 'address', 'office_id', 'tariff_version_id', 'sim_kind', 'wanted_number'],
    });
    const [audit] = await app.database.query<{ facts: object }>(
      `select facts from audit_log where action = 'sim_order.changed' and object_id = $1`,
      [ordered.id],
    );
    expect(JSON.stringify(audit!.facts)).not.toContain('Зимин');
    expect(textOf(await anna.open(pathOf(ordered)))).toContain('Заявка изменена: имя, почта, способ получения');
    const { revision } = await orderRow(app, ordered.id);
    expect((await change(ordered, {})).status).toBe(303);
    expect(await orderRow(app, ordered.id)).toMatchObject({ revision });
  });

  it('writes to the new phone, whose link alone can cancel', async () => {
    const ordered = await order(app);
    await take(anna, ordered);
    const phone = app.world.newPhone();
    await change(ordered, { phone });
    const link = /http\S+(\/orders\/[\w-]{22})/.exec(await app.smsTo(phone))![1]!;
    expect(link).not.toBe(ordered.path);
    expect(page(await ordered.visitor.open(ordered.path)).querySelector('form[action$="/cancellation"]')).toBeNull();
    const reader = app.visitor();
    expect((await reader.submit(link, {}, /cancellation$/)).status).toBe(303);
    expect(await app.smsTo(phone)).toContain('отменена');
    expect(await app.smsTo(ordered.phone)).not.toContain('отменена');
  });

  it('is shown with its phone to whoever has it, and the later of two clerks is told what changed', async () => {
    const ordered = await order(app);
    await take(anna, ordered);
    const opened = await anna.open(`${pathOf(ordered)}/edit`);
    const hidden = await boris.open(`${pathOf(ordered)}/edit`);
    expect(hidden.text).not.toContain(ordered.phone.slice(2));
    expect(textOf(hidden)).toContain('Заявку ведёт');
    await take(boris, ordered);
    expect((await change(ordered, { name: 'Борис Прав' }, boris)).status).toBe(303);
    const refused = await anna.submit(opened, { name: 'Анна Права', address: 'Псков, 5' }, /edit$/);
    expect(refused.status).toBe(409);
    expect(textOf(refused)).toContain('имя: Борис Прав');
    expect(page(refused).querySelector('[name="name"]')?.getAttribute('value')).toBe('Анна Права');
    expect(await orderRow(app, ordered.id)).toMatchObject({ name: 'Борис Прав' });
    // Having seen it, they may insist.
    expect((await anna.submit(refused, {}, /edit$/)).status).toBe(303);
    expect(await orderRow(app, ordered.id)).toMatchObject({ name: 'Анна Права', address: 'Псков, 5' });
    const [one, two] = [await boris.open(`${pathOf(ordered)}/edit`), await boris.open(`${pathOf(ordered)}/edit`)];
    const both = [one, two].map((tab, n) => boris.submit(tab, { address: `Псков, ${n}` }, /edit$/));
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([303, 409]);
  });

  it('keeps tariff and kind while a card is held, the way while it is travelling, and all after the hand-over', async () => {
    const ordered = await order(app);
    await take(anna, ordered);
    const [sim = ''] = await receive(app);
    await app.get(OrderSims).reserve(await seenBy(app, annaId, ordered.id), sim);
    const { slug } = await newTariff(app);
    const refused = await change(ordered, { tariff: slug, address: 'Псков, 9' });
    expect(refused.status).toBe(409);
    expect(textOf(refused)).toContain('занята SIM-карта');
    expect(page(refused).querySelector('[name="address"]')?.getAttribute('value')).toBe('Псков, 9');
    expect((await change(ordered, { simKind: 'esim' })).status).toBe(409);
    expect((await change(ordered, { address: 'Псков, 9' })).status).toBe(303);
    await bring(app, annaId, ordered.id, sim);
    const office = await openOffice(app);
    const late = await change(ordered, { way: 'pickup', office });
    expect(textOf(late)).toContain('уже в пути');
    app.clock.advance({ seconds: 1 });
    expect((await change(ordered, { name: 'Ольга Новая' })).status).toBe(303);
    const desk = await anna.open(pathOf(ordered));
    expect(textOf(desk)).toContain('Оформите их заново');
    const person = { surname: 'Новая', name: 'Ольга', documentChecked: 'on' };
    const stale = await anna.submit(desk, person, /hand-over$/);
    expect(stale.status).toBe(409);
    expect(textOf(stale)).toContain('Заявку изменили: оформите документы заново');
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'in_delivery', line_id: null });
    expect((await anna.submit(stale, {}, /papers$/)).status).toBe(303);
    expect((await anna.submit(pathOf(ordered), person, /hand-over$/)).status).toBe(303);
    expect((await anna.get(`${pathOf(ordered)}/edit`)).status).toBe(409);
    const archived = await order(app);
    await take(anna, archived);
    await app.database.query(`update tariff set state = 'archived', archived_at = now() where slug = $1`, [slug]);
    await app.database.query(`update tariff set state = 'archived', archived_at = now() where slug = $1`, [
      archived.slug,
    ]);
    expect((await change(archived, { name: 'Тот же тариф' })).status).toBe(303);
  });

  it('says what is wrong beside each field and keeps what was typed', async () => {
    const ordered = await order(app);
    await take(anna, ordered);
    const wrong = { name: '', phone: '1', email: 'нет', address: '', tariff: '?', wantedNumber: 'на 77' };
    const refused = await change(ordered, wrong);
    expect(refused.status).toBe(422);
    expect(Object.keys(fieldErrors(refused)).sort()).toEqual(['address', 'email', 'name', 'phone', 'tariff']);
    expect(page(refused).querySelector('[name="wantedNumber"]')?.getAttribute('value')).toBe('на 77');
    expect(textOf(await change(ordered, { foreignCitizen: 'on' }))).toContain('только в офисе');
    expect(Object.keys(fieldErrors(await change(ordered, { way: 'pickup', office: '' })))).toEqual(['office']);
  });
});
