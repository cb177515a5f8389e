import { openOffice } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, page, textOf, type Visitor } from '../support/visitor.js';
import { order, type Ordered, orderRow, TELECOM } from './ordering.js';

const app = useApp({ env: TELECOM });
const TEMPLATES = '/admin/orders/templates';
let clerk: Visitor;
let manager: Visitor;

beforeAll(async () => {
  clerk = await app.signInStaff(await app.world.hire('operator'));
  manager = await app.signInStaff(await app.world.hire('manager'));
});
beforeEach(() => app.clock.set('2026-06-15T12:00:00+03:00'));

/** A new template, ready to be chosen; answers its id. */
async function template(body: string, title = 'Проба'): Promise<string> {
  const added = await manager.submit(TEMPLATES, { title, body }, TEMPLATES);
  expect(added.status).toBe(303);
  const [row] = await app.database.query<{ template_id: string }>(
    'select template_id from order_sms_template order by id desc limit 1',
  );
  return row!.template_id;
}

const pathOf = ({ id }: Ordered) => `/admin/orders/${id}/sms`;
const preview = (ordered: Ordered, id: string) => clerk.open(`${pathOf(ordered)}?template=${id}`);
const send = async (ordered: Ordered, id: string) => clerk.submit(await preview(ordered, id), {}, pathOf(ordered));
const textsTo = async (phone: string) => {
  const rows = await app.database.query<{ body: string }>(
    'select body from dev_inbox where recipient = $1 order by at, id',
    [phone],
  );
  return rows.map(({ body }) => body);
};

describe('an SMS to the customer of an order', () => {
  it('is looked at with what it costs, sent once, and stands in the history without the link', async () => {
    const id = await template('{имя}, заявка № { Номер  заявки } на «{тариф}»: {ссылка}');
    const ordered = await order(app);
    const shown = page(await clerk.open(`/admin/orders/${ordered.id}`));
    expect(shown.querySelectorAll(`#sms option[value="${id}"]`)).toHaveLength(1);
    const looked = await preview(ordered, id);
    const words = `Ирина Петрова, заявка № ${ordered.number} на «Без переплат»: `;
    expect(page(looked).querySelector('.order-sms')!.text).toContain(words);
    expect(looked.text).not.toContain(ordered.path);
    expect(textOf(looked)).toContain('2 SMS, склеятся в одно');
    const [first, second] = [await send(ordered, id), await clerk.submit(looked, {}, pathOf(ordered))];
    expect([first.status, second.status]).toEqual([303, 409]);
    const sms = await app.smsTo(ordered.phone);
    expect([sms.startsWith(words), sms.endsWith(ordered.path)]).toEqual([true, true]);
    const history = page(await clerk.open(`/admin/orders/${ordered.id}`)).querySelector('#history')!.text;
    expect(history).toContain(`Отправлено SMS: ${words}{ссылка}`);
    const [audit] = await app.database.query<{ facts: object }>(
      `select facts from audit_log where object_id = $1 and action = 'sim_order.sms_sent'`,
      [ordered.id],
    );
    expect(audit!.facts).toEqual({ template: id, revision: 1, segments: 2 });
  });

  it('goes five times a day for one order', async () => {
    const id = await template('Заявка № {номер заявки}');
    const ordered = await order(app);
    const before = await preview(ordered, id);
    for (let sent = 0; sent < 5; sent++) expect((await send(ordered, id)).status).toBe(303);
    const { revision } = await orderRow(app, ordered.id);
    const late: Fields = { revision: String(revision), template: id, templateRevision: '1' };
    expect((await clerk.submit(before, late, pathOf(ordered))).status).toBe(429);
    expect(textOf(await preview(ordered, id))).toContain('больше не стоит');
    app.clock.set('2026-06-16T00:01:00+03:00');
    expect((await send(ordered, id)).status).toBe(303);
    const [count] = await app.database.query<{ n: number }>(
      `select count(*)::int as n from sim_order_event where order_id = $1 and kind = 'sms_sent'`,
      [ordered.id],
    );
    expect(count!.n).toBe(6);
  });

  it('names the office only where the order has one', async () => {
    const id = await template('Ждём вас: {офис}');
    const delivered = await order(app);
    const looked = await preview(delivered, id);
    expect(textOf(looked)).toContain('Выберите другой шаблон');
    const token = /name="_csrf" value="([^"]+)"/.exec(looked.text)![1];
    const fields = { _csrf: token, revision: '1', template: id, templateRevision: '1' };
    expect((await clerk.post(pathOf(delivered), fields, pathOf(delivered))).status).toBe(422);
    const picked = await order(app, { way: 'pickup', office: await openOffice(app) });
    expect((await send(picked, id)).status).toBe(303);
    expect(await app.smsTo(picked.phone)).toBe('Ждём вас: Псков, ул. Труда, 1');
    expect(await textsTo(delivered.phone)).toHaveLength(1);
  });

  it('is not written long after the end', async () => {
    const id = await template('Заявка № {номер заявки}');
    const ordered = await order(app);
    await app.database.query(
      `update sim_order set state = 'cancelled', closed_at = $2, next_call_at = null where id = $1`,
      [ordered.id, '2026-06-10'],
    );
    expect((await send(ordered, id)).status).toBe(303);
    const looked = await preview(ordered, id);
    app.clock.set('2026-07-20T12:00:00+03:00');
    expect((await clerk.submit(looked, {}, pathOf(ordered))).status).toBe(409);
    expect(textOf(await clerk.open(pathOf(ordered)))).toContain('писать некому');
    expect(page(await clerk.open(`/admin/orders/${ordered.id}`)).querySelector('#sms')).toBeNull();
  });
});

describe('the templates', () => {
  it('are checked when they are saved, and keep what was typed', async () => {
    for (const [body, says] of [
      ['{имяя}, здравствуйте', 'Такого поля нет: «{имяя}»'],
      ['{имя, здравствуйте', 'Скобка без пары'],
      ['', 'Текст от 1 до 300 знаков'],
      ['я'.repeat(301), 'Текст от 1 до 300 знаков'],
    ] as const) {
      const refused = await manager.submit(TEMPLATES, { title: 'Проба', body }, TEMPLATES);
      expect(refused.status).toBe(422);
      expect(fieldErrors(refused)['body']).toContain(says);
      if (body) expect(refused.text).toContain(body.slice(0, 100));
    }
  });

  it('have a history, and two people at one are told', async () => {
    const id = await template('Первый текст');
    const path = `${TEMPLATES}/${id}`;
    const seen = await manager.open(path);
    const ordered = await order(app);
    const looked = await preview(ordered, id);
    expect((await manager.submit(path, { title: 'Проба', body: 'Второй текст' }, path)).status).toBe(303);
    const late = await manager.submit(seen, { title: 'Проба', body: 'Третий текст' }, path);
    expect(late.status).toBe(409);
    expect(late.text).toContain('Третий текст');
    const shown = textOf(await manager.open(path));
    expect(shown).toContain('Версия 2');
    expect(shown).toContain('Первый текст');
    // Whoever looked at the former words does not send others.
    expect((await clerk.submit(looked, {}, pathOf(ordered))).status).toBe(409);
    const audit = `select from audit_log where object_id = $1 and action = 'order_sms_template.changed'`;
    expect(await app.database.query(audit, [id])).toHaveLength(2);
    await expect(app.database.query(`update order_sms_template set body = 'x'`)).rejects.toThrow();
  });

  it('are offered no more once they are retired, until they are back', async () => {
    const id = await template('Проба пера');
    const path = `${TEMPLATES}/${id}`;
    const ordered = await order(app);
    const looked = await preview(ordered, id);
    const offered = async () =>
      page(await clerk.open(pathOf(ordered))).querySelectorAll(`option[value="${id}"]`).length;
    expect(await offered()).toBe(1);
    expect((await manager.submit(path, { retired: '1' }, `${path}/retirement`)).status).toBe(303);
    expect(await offered()).toBe(0);
    expect((await clerk.submit(looked, {}, pathOf(ordered))).status).toBe(404);
    expect((await manager.submit(path, {}, `${path}/retirement`)).status).toBe(303);
    expect(await offered()).toBe(1);
  });

  it('came with the product, and are for those who decide', async () => {
    const list = textOf(await manager.open(TEMPLATES));
    for (const title of ['Не дозвонились', 'Подтвердите адрес', 'Документы не подошли']) expect(list).toContain(title);
    expect((await clerk.get(TEMPLATES)).status).toBe(403);
    expect((await clerk.open('/admin/orders')).text).not.toContain(TEMPLATES);
    expect((await manager.get(`${TEMPLATES}/01900000-0000-7000-8000-000000000000`)).status).toBe(404);
  });
});
