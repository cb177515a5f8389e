import type { Response } from 'supertest';
import type { StaffRole } from '../../src/infra/web/viewer.js';
import { newTariff, order, type Ordered, orderRow, TELECOM } from '../orders/ordering.js';
import { openOffice, receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { type Fields, page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp({ env: TELECOM });
const BOARD = '/admin/orders?view=board';
const staff: Record<string, Visitor> = {};
const ids: Record<string, string> = {};

beforeAll(async () => {
  for (const [name, role] of [
    ['anna', 'operator'],
    ['boris', 'manager'],
    ['books', 'accountant'],
  ] as [string, StaffRole][]) {
    const hired = await app.world.hire(role);
    staff[name] = await app.signInStaff(hired);
    ids[name] = hired.id;
  }
});
beforeEach(() => app.clock.set('2026-06-15T12:00:00+03:00'));

const column = async (state: string, path = BOARD) => {
  const answer = await staff['anna']!.open(path);
  return page(answer).querySelector(`[aria-labelledby="column-${state}"]`)!;
};
const cardsIn = async (state: string, path = BOARD): Promise<string[]> => {
  const links = (await column(state, path)).querySelectorAll('.order-card h3 a');
  return links.map((link) => link.getAttribute('href')!.split('/').pop()!);
};

/** Presses the button on an order's card, as the board was when it was opened. */
async function step(ordered: Ordered, what = 'moves', path = BOARD, from?: Response): Promise<Response> {
  const opened = from ?? (await staff['anna']!.open(path));
  const form = page(opened).querySelector(`form[action="/admin/orders/${ordered.id}/${what}"]`)!;
  const fields: Fields = {};
  for (const input of form.querySelectorAll('input')) {
    fields[input.getAttribute('name')!] = input.getAttribute('value')!;
  }
  return staff['anna']!.post(`/admin/orders/${ordered.id}/${what}`, fields, path);
}

describe('the board of orders', () => {
  it('has a column for each open state, what is overdue first', async () => {
    const late = await order(app);
    app.clock.set('2026-06-15T12:05:00+03:00');
    const fresh = await order(app);
    app.clock.set('2026-06-15T12:17:00+03:00');
    const board = page(await staff['anna']!.open(BOARD));
    expect(board.querySelectorAll('.order-column')).toHaveLength(8);
    expect(await cardsIn('new')).toEqual([late.id, fresh.id]);
    const columnText = (await column('new')).text;
    expect(columnText).toContain(`№ ${late.number}`);
    expect(columnText).toContain('Без переплат');
    const overdue = (await column('new')).querySelectorAll('.callback-overdue');
    expect(overdue).toHaveLength(1);
    expect(board.querySelector('.segmented [aria-current]')!.text).toBe('Доска');
  });

  it('moves an order on with one press, and leads back to the board as it was', async () => {
    const ordered = await order(app);
    const path = `${BOARD}&operator=megafon`;
    const moved = await step(ordered, 'moves', path);
    expect([moved.status, moved.headers.location]).toEqual([303, path]);
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'called', assignee_id: ids['anna'] });
    expect(await cardsIn('called', path)).toContain(ordered.id);
    expect(await cardsIn('called', `${BOARD}&operator=mts`)).toEqual([]);
    expect(await cardsIn('called', `${BOARD}&mine=1`)).toEqual([ordered.id]);
    expect(await cardsIn('called', `${BOARD}&free=1`)).toEqual([]);
  });

  it('goes the whole way of an order but for what needs a card or a document', async () => {
    const [sim = ''] = await receive(app);
    const ordered = await order(app, { way: 'pickup', office: await openOffice(app) });
    await step(ordered);
    await step(ordered);
    expect((await column('agreed')).querySelector(`a[href="/admin/orders/${ordered.id}#sim"]`)).not.toBeNull();
    const shown = `/admin/orders/${ordered.id}`;
    expect((await staff['anna']!.submit(shown, { sim }, `${shown}/sim`)).status).toBe(303);
    await step(ordered);
    await step(ordered);
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'at_office' });
    const waiting = await column('at_office');
    expect(waiting.querySelector(`form[action^="${shown}"]`)).toBeNull();
    expect(waiting.text).toContain('Выдача SIM-карты');
    expect((await staff['anna']!.submit(shown, {}, `${shown}/papers`)).status).toBe(303);
    const person = { surname: 'Петрова', name: 'Ирина', documentChecked: 'on' };
    expect((await staff['anna']!.submit(shown, person, `${shown}/hand-over`)).status).toBe(303);
    expect((await step(ordered, 'activation')).headers.location).toBe(BOARD);
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'active' });
    expect(await cardsIn('handed_over')).not.toContain(ordered.id);
  });

  it('tells whoever was slower than a colleague', async () => {
    const ordered = await order(app);
    const seen = await staff['anna']!.open(BOARD);
    const press = () => step(ordered, 'moves', BOARD, seen);
    const [one, two] = await Promise.all([press(), press()]);
    expect([one.status, two.status].sort()).toEqual([303, 409]);
    const refused = one.status === 409 ? one : two;
    expect(textOf(refused)).toContain('Заявка уже изменилась');
  });

  it('shows a few of a long column, leads to the others, and counts them', async () => {
    const { versionId } = await newTariff(app);
    await app.database.query(
      `insert into sim_order (id, source, language, name, phone, way, address, tariff_version_id, operator_id, sim_kind,
                              consent_version, consent_at, created_at, state, held_from)
       select gen_random_uuid(), 'site', 'ru', 'Проба', '+7931' || (2000000 + i), 'delivery', 'Псков', $1, o.id, 'physical',
              '2025-01-01', '2026-06-01', '2026-06-01', 'held', 'new'
       from generate_series(1, 260) i, operator o where o.code = case when i <= 11 then 'yota' else 't2' end`,
      [versionId],
    );
    const few = await column('held', `${BOARD}&operator=yota`);
    expect(few.querySelectorAll('.order-card')).toHaveLength(8);
    const more = few.querySelector('.order-column__more')!;
    expect(more.text).toBe('ещё 3');
    const table = page(await staff['anna']!.open(more.getAttribute('href')!.replaceAll('&amp;', '&')));
    expect(table.querySelectorAll('a[data-row]')).toHaveLength(11);
    const many = await column('held', `${BOARD}&operator=t2`);
    expect(many.querySelector('h2')!.text).toContain('больше 100');
    expect(many.querySelector('.order-column__more')!.text).toBe('Показать все');
  });

  it('keeps its filters, and becomes a table for a search and for one state', async () => {
    const ordered = await order(app);
    const board = page(await staff['anna']!.open(`${BOARD}&way=delivery`));
    const links = board
      .querySelectorAll('.segmented a')
      .map((link) => link.getAttribute('href')!.replaceAll('&amp;', '&'));
    expect(links).toEqual(['/admin/orders?way=delivery', '/admin/orders?view=board&way=delivery']);
    expect(board.querySelector('form.filters input[name="view"][value="board"]')).not.toBeNull();
    for (const query of [`&q=${ordered.number}`, '&state=new']) {
      const table = page(await staff['anna']!.open(BOARD + query));
      expect(table.querySelectorAll('.order-column')).toHaveLength(0);
      expect(table.querySelectorAll(`a[data-row][href$="${ordered.id}"]`)).toHaveLength(1);
    }
  });
});

describe('what waits today', () => {
  it('is what is overdue, what is mine, and what nobody has', async () => {
    const [free, mine] = [await order(app), await order(app)];
    const shown = `/admin/orders/${mine.id}`;
    await staff['boris']!.submit(shown, { assignee: ids['boris']! }, `${shown}/assignment`);
    app.clock.set('2026-06-15T12:17:00+03:00');
    const pile = async (name: string): Promise<string> => {
      const today = page(await staff['boris']!.open('/admin'));
      return today.querySelector(`[aria-labelledby="pile-${name}"]`)!.innerHTML;
    };
    expect(await pile('mine')).toContain(mine.id);
    expect(await pile('mine')).not.toContain(free.id);
    expect(await pile('overdue')).toContain('Пора звонить');
    const nobodys = page(await staff['boris']!.open('/admin/orders?free=1&state=new'));
    expect(nobodys.querySelector(`a[href$="${free.id}"]`)).not.toBeNull();
    expect(nobodys.querySelector(`a[href$="${mine.id}"]`)).toBeNull();
    expect(page(await staff['boris']!.open('/admin')).querySelector('.badge-late')!.text).toMatch(/^\d+ просрочено$/);
  });

  it('has no orders for whoever keeps the books', async () => {
    expect((await staff['books']!.open('/admin')).text).not.toContain('pile-mine');
  });
});

describe('without the telecom line', () => {
  const plain = useApp({ env: { LINES: 'loyalty' } });

  it('today and customers say nothing of orders', async () => {
    const clerk = await plain.signInStaff(await plain.world.hire('manager'));
    expect((await clerk.open('/admin')).text).not.toContain('pile-mine');
    const { till } = await plain.world.openStation();
    const { customerId } = await plain.world.activeCard(till);
    expect((await clerk.open(`/admin/customers/${customerId}`)).text).not.toContain('id="orders"');
    expect((await clerk.get('/admin/orders/templates')).status).toBe(404);
  });
});
