import { Database } from '../../src/infra/database/database.js';
import { OrderDesk } from '../../src/orders/desk/order-desk.service.js';
import { OrderPapers } from '../../src/orders/desk/order-papers.service.js';
import { OrderSims } from '../../src/orders/desk/order-sims.service.js';
import { HandOver } from '../../src/orders/hand-over/hand-over.service.js';
import type { StaffRole } from '../../src/infra/web/viewer.js';
import { order, type Ordered, orderRow, TELECOM } from '../orders/ordering.js';
import { receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp({ env: TELECOM });
const staff: Record<string, Visitor> = {};
/** Of somebody whose number is live, and of somebody who is still waiting. */
let served: Ordered & { lineId: string; line: string; simId: string; iccid: string; customerId: string };
let waiting: Ordered;

beforeAll(async () => {
  let clerkId = '';
  for (const role of ['operator', 'accountant', 'admin'] as const satisfies readonly StaffRole[]) {
    const hired = await app.world.hire(role);
    staff[role] = await app.signInStaff(hired);
    if (role === 'operator') clerkId = hired.id;
  }
  const [simId = ''] = await receive(app);
  const ordered = await order(app);
  const seen = async () => ({
    id: ordered.id,
    revision: Number((await orderRow(app, ordered.id))['revision']),
    clerkId,
  });
  await app.get(OrderSims).reserve(await seen(), simId);
  await app.get(OrderPapers).issue(await seen());
  for (const to of ['called', 'agreed', 'prepared', 'in_delivery'] as const) {
    await app.get(OrderDesk).move(await seen(), { to, reason: null, refusal: null });
  }
  const person = { surname: 'Петрова', name: 'Ирина', patronymic: null, usedBy: null, inn: null, number: null };
  const words = { samePerson: false, forCompany: false };
  await app.get(HandOver).handOver(await seen(), { ...person, ...words });
  const [line] = await app.database.query<{ id: string; number: string; customer_id: string }>(
    'select id, number, customer_id from line where order_id = $1',
    [ordered.id],
  );
  const [sim] = await app.database.query<{ iccid: string }>('select iccid from sim_card where id = $1', [simId]);
  const { id: lineId, number, customer_id: customerId } = line!;
  served = { ...ordered, lineId, line: number, simId, iccid: sim!.iccid, customerId };
  waiting = await order(app, { name: 'Пётр Ждущий' });
  // Of its own name, so that one word finds one tariff.
  await app.database.query(
    `insert into tariff_version (id, tariff_id, number, state, name, audience, period, minutes_kind, traffic_kind, sms_kind, created_at)
     select gen_random_uuid(), id, 2, 'draft', 'Зелёный луг 5G', 'phone', 'month', 'unknown', 'unknown', 'unknown', now()
     from tariff where slug = $1`,
    [waiting.slug],
  );
});

const to = async (typed: string, role = 'operator'): Promise<string> =>
  String((await staff[role]!.get(`/admin/search?q=${encodeURIComponent(typed)}`)).headers.location);
const results = (typed: string, role = 'operator') =>
  staff[role]!.open(`/admin/search/results?q=${encodeURIComponent(typed)}`);
const found = async (typed: string, role = 'operator'): Promise<string[]> =>
  page(await results(typed, role))
    .querySelectorAll('.desk__main a[data-row]')
    .map((link) => link.getAttribute('href')!);

describe('the one search box', () => {
  it('finds an order by its number and by its phone', async () => {
    expect(await to(`№ ${waiting.number}`)).toBe(`/admin/orders/${waiting.id}`);
    expect(await to(waiting.number)).toBe(`/admin/orders/${waiting.id}`);
    expect(await to(`8${waiting.phone.slice(2)}`)).toBe(`/admin/orders/${waiting.id}`);
  });

  it('shows all that a phone belongs to, kind by kind', async () => {
    const answer = await results(served.phone);
    expect(await to(served.phone)).toBe(`/admin/search/results?q=${encodeURIComponent(served.phone)}`);
    const kinds = page(answer)
      .querySelectorAll('.desk__main h2')
      .map((title) => title.text);
    expect(kinds).toEqual(['Клиенты', 'Заявки']);
    expect(await found(served.phone)).toEqual([`/admin/customers/${served.customerId}`, `/admin/orders/${served.id}`]);
  });

  it('finds lines and SIM cards by a number or its end', async () => {
    expect(await found(served.line)).toEqual([`/admin/lines/${served.lineId}`, `/admin/sims/${served.simId}`]);
    expect(await found(served.line.slice(-5))).toContain(`/admin/lines/${served.lineId}`);
    expect(await found(served.line.slice(-3))).not.toContain(`/admin/lines/${served.lineId}`);
    expect((await results(served.line.slice(-5))).text).not.toContain(served.line.slice(1));
  });

  it('finds a SIM card by its whole ICCID, and never by its last digits', async () => {
    expect(await to(served.iccid)).toBe(`/admin/sims/${served.simId}`);
    expect(await found(served.iccid.slice(-4))).not.toContain(`/admin/sims/${served.simId}`);
    expect(await found(served.iccid.slice(-8))).not.toContain(`/admin/sims/${served.simId}`);
    const [, guess] = [served.iccid.slice(-1), served.iccid.slice(0, -2)];
    expect(await found(`${guess}00`)).toEqual([]);
  });

  it('finds a tariff by the beginning of a word of its name', async () => {
    const [tariff] = await app.database.query<{ id: string }>('select id from tariff where slug = $1', [waiting.slug]);
    for (const typed of ['зеленый', 'ЛУГ', 'луг 5g', 'зелён']) {
      expect(await to(typed)).toBe(`/admin/tariffs/${tariff!.id}`);
    }
    expect(await found('елён')).toEqual([]);
  });

  it('shows each role what it may see', async () => {
    expect(await found(served.phone, 'accountant')).toEqual([`/admin/customers/${served.customerId}`]);
    expect(await found(served.iccid, 'accountant')).toEqual([]);
    expect(textOf(await results(waiting.number, 'accountant'))).not.toContain('номер заявки');
    expect(await found('луг', 'accountant')).toHaveLength(1);
  });

  it('says what can be searched where nothing is found', async () => {
    const answer = await results('такого нет');
    expect(textOf(answer)).toContain('Ничего не нашли');
    expect(textOf(answer)).toContain('Заявки: номер заявки, телефон или последние 4 цифры');
    for (const typed of [`a'&|!:*()\\%`, '%00', '№', 'я'.repeat(500), '{}', '1'.repeat(40)]) {
      expect((await results(typed)).status).toBe(200);
    }
  });

  it('reads lines and tariffs off indexes', async () => {
    const plans = [
      `select id from line where reverse(number) collate "C" >= '7654' and reverse(number) collate "C" < '7654:' order by reverse(number) collate "C" limit 6`,
      `select id from tariff_version where to_tsvector('simple', translate(lower(name), 'ё', 'е')) @@ to_tsquery('simple', 'луг:*')`,
    ];
    // Without this a table of a few rows is read as it is.
    await app.get(Database).transaction(async (sql) => {
      await sql.query('set local enable_seqscan = off');
      for (const plan of plans) {
        const lines = await sql.query<{ 'QUERY PLAN': string }>(`explain ${plan}`);
        const text = lines.map((line) => line['QUERY PLAN']).join('\n');
        expect(text).toMatch(/line_number_reversed_idx|tariff_version_words_idx/);
      }
    });
  });
});

describe('the page of a customer', () => {
  it('shows their numbers and orders, and leads to them', async () => {
    const [answer] = [await staff['operator']!.open(`/admin/customers/${served.customerId}`)];
    const tree = page(answer);
    expect(tree.querySelector(`#lines a[href="/admin/lines/${served.lineId}"]`)).not.toBeNull();
    expect(tree.querySelector('#lines')!.text).toContain(served.line.slice(-2));
    expect(tree.querySelector('#lines')!.text).toContain('Подключается');
    expect(tree.querySelector(`#orders a[href="/admin/orders/${served.id}"]`)).not.toBeNull();
    expect(tree.querySelector('#orders')!.text).toContain('Передана');
  });

  it('shows what was ordered with their phone before they were anybody, newest first', async () => {
    const { till } = await app.world.openStation();
    const known = await app.world.activeCard(till);
    const first = await order(app, { phone: known.phone });
    app.clock.advance({ minutes: 5 });
    const second = await order(app, { phone: known.phone });
    const links = page(await staff['operator']!.open(`/admin/customers/${known.customerId}`)).querySelectorAll(
      '#orders a',
    );
    expect(links.map((link) => link.text)).toEqual([`№ ${second.number}`, `№ ${first.number}`]);
    const books = page(await staff['accountant']!.open(`/admin/customers/${known.customerId}`));
    expect(books.querySelector('#orders')).toBeNull();
    expect(books.querySelector('#lines')!.text).toContain('Номеров нет');
  });
});

describe('lists that are searched by digits', () => {
  it.each([
    ['/admin/orders?q=Ждущий', 'Таких заявок нет Заявку ищут по её номеру'],
    ['/admin/orders?q=zzz&view=board', 'Таких заявок нет Заявку ищут по её номеру'],
    ['/admin/lines?q=Петрова', 'Таких номеров нет Номер ищут по его цифрам'],
    ['/admin/tasks?q=zzz', 'Таких задач нет Задачу ищут по её номеру'],
  ])('say so where words were typed: %s', async (path, said) => {
    const answer = await staff['operator']!.open(encodeURI(path));
    expect(textOf(answer)).toContain(said);
    expect(page(answer).querySelectorAll('.desk__main a[data-row]')).toEqual([]);
    const typed = new URL(path, app.url).searchParams.get('q');
    expect(page(answer).querySelector('form.filters input[name=q]')?.getAttribute('value')).toBe(typed);
  });
});
