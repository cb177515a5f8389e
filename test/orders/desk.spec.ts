import type { Response } from 'supertest';
import type { StaffRole } from '../../src/infra/web/viewer.js';
import { openOffice, receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, page, textOf, type Visitor } from '../support/visitor.js';
import { bring } from './bringing.js';
import { newTariff, order, type Ordered, orderRow, TELECOM } from './ordering.js';

const app = useApp({ env: TELECOM });

const LIST = '/admin/orders';
const NOON = '2026-06-15T12:00:00+03:00';
const staff: Record<string, Visitor> = {};
const ids: Record<string, string> = {};

beforeAll(async () => {
  for (const [name, role] of [
    ['anna', 'operator'],
    ['boris', 'operator'],
    ['books', 'accountant'],
  ] as [string, StaffRole][]) {
    const hired = await app.world.hire(role);
    staff[name] = await app.signInStaff(hired);
    ids[name] = hired.id;
  }
});
beforeEach(() => app.clock.set(NOON));

const pathOf = ({ id }: Ordered) => `${LIST}/${id}`;

/** Sends a form of the order's page as it was when it was opened. */
function press(who: string, ordered: Ordered, what: string, fields: Fields = {}, from?: Response): Promise<Response> {
  return staff[who]!.submit(from ?? pathOf(ordered), fields, `${pathOf(ordered)}/${what}`);
}

const take = (who: string, ordered: Ordered) => press(who, ordered, 'assignment', { assignee: ids[who] });

async function moveTo(who: string, ordered: Ordered, to: string, fields: Fields = {}): Promise<Response> {
  const opened = await staff[who]!.open(pathOf(ordered));
  const token = /name="_csrf" value="([^"]+)"/.exec(opened.text)?.[1];
  const { revision } = await orderRow(app, ordered.id);
  const form = { _csrf: token, revision: String(revision), to, ...fields };
  return staff[who]!.post(`${pathOf(ordered)}/moves`, form, pathOf(ordered));
}

async function listed(who: string, query = ''): Promise<string[]> {
  const rows = page(await staff[who]!.open(LIST + query)).querySelectorAll('a[data-row]');
  return rows.map((link) => link.getAttribute('href')!.slice(LIST.length + 1));
}

describe('the list of orders', () => {
  it('begins with what is overdue, and is narrowed by its address', async () => {
    const late = await order(app);
    app.clock.set('2026-06-15T12:05:00+03:00');
    const office = await openOffice(app);
    const fresh = await order(app, { way: 'pickup', office });
    app.clock.set('2026-06-15T12:17:00+03:00');
    const all = await listed('anna');
    expect(all.indexOf(late.id)).toBeLessThan(all.indexOf(fresh.id));
    expect(await listed('anna', '?overdue=1')).toEqual([late.id]);
    expect(textOf(await staff['anna']!.open(LIST))).toContain('1 заявка ждёт звонка дольше обещанного');
    expect(await listed('anna', '?way=pickup')).toEqual([fresh.id]);
    expect(await listed('anna', '?operator=mts')).toEqual([]);
    expect(await listed('anna', '?mine=1')).toEqual([]);
    await take('anna', late);
    expect(await listed('anna', '?mine=1')).toEqual([late.id]);
    expect(await listed('boris', '?mine=1')).toEqual([]);
    expect(await listed('anna', `?q=${late.number}`)).toEqual([late.id]);
    expect(await listed('anna', `?q=8${fresh.phone.slice(2)}`)).toEqual([fresh.id]);
    expect(await listed('anna', '?state=held')).toEqual([]);
    expect((await staff['anna']!.open(`${LIST}?state=none&operator=%00&after=W10&q[]=1&way=x`)).status).toBe(200);
  });

  it('goes on page by page, and reads its pages off indexes', async () => {
    const { versionId } = await newTariff(app);
    await app.database.query(
      `insert into sim_order (id, source, language, name, phone, way, address, tariff_version_id, operator_id, sim_kind,
                              consent_version, consent_at, next_call_at, created_at, state, closed_at)
       select gen_random_uuid(), 'site', 'ru', 'Проба', '+7931' || (1000000 + i), 'delivery', 'Псков', v.id, t.operator_id, 'physical',
              '2025-01-01', '2026-06-01', case when i % 5 > 0 and i > 120 then null when i % 3 = 0 then null else '2026-06-20Z'::timestamptz + i * interval '1 min' end,
              '2026-06-01Z', case when i > 120 then 'cancelled' else 'called' end, case when i > 120 then '2026-06-02Z'::timestamptz + i * interval '1 s' end
       from generate_series(1, 20000) i, tariff_version v join tariff t on t.id = v.tariff_id where v.id = $1 and (i <= 120 or i % 5 > 0)`,
      [versionId],
    );
    await app.database.query('analyze sim_order');
    const found: string[] = [];
    for (let path: string | null = `${LIST}?state=called`; path;) {
      const tree = page(await staff['anna']!.open(path));
      found.push(...tree.querySelectorAll('a[data-row]').map((link) => link.getAttribute('href')!));
      path = tree.querySelector('a[rel="next"]')?.getAttribute('href')?.replaceAll('&amp;', '&') ?? null;
    }
    expect([found.length, new Set(found).size]).toEqual([120, 120]);
    const plans = [
      `s.closed_at is null order by coalesce(s.next_call_at, 'infinity'), s.id`,
      `s.state = 'called' and s.closed_at is null order by coalesce(s.next_call_at, 'infinity'), s.id`,
      `s.state = 'cancelled' and s.closed_at is not null order by s.closed_at desc, s.id desc`,
      `reverse(s.phone) collate "C" like '7654321%'`,
    ];
    for (const plan of plans) {
      const lines = await app.database.query<{ 'QUERY PLAN': string }>(
        `explain select id from sim_order s where ${plan} limit 51`,
      );
      const text = lines.map((line) => line['QUERY PLAN']).join('\n');
      expect(text).toContain('sim_order_');
      expect(text).not.toContain('Seq Scan');
      expect(text).not.toContain('Sort');
    }
  });

  it('is for those who run orders', async () => {
    expect((await staff['books']!.get(LIST)).status).toBe(403);
    expect((await app.visitor().get(LIST)).status).toBe(303);
  });
});

describe('an order at the desk', () => {
  it('shows its phone to whoever has taken it', async () => {
    const ordered = await order(app);
    const before = await staff['anna']!.open(pathOf(ordered));
    expect(before.text).not.toContain(`tel:${ordered.phone}`);
    expect((await take('anna', ordered)).status).toBe(303);
    expect((await staff['anna']!.open(pathOf(ordered))).text).toContain(`tel:${ordered.phone}`);
    expect(textOf(await staff['boris']!.open(pathOf(ordered)))).toContain('Заявку ведёт');
  });

  it('tells the second of two clerks, and keeps what they typed', async () => {
    const ordered = await order(app);
    const opened = await staff['boris']!.open(pathOf(ordered));
    expect((await take('anna', ordered)).status).toBe(303);
    const typed = { to: 'cancelled', reason: 'передумал' };
    const refused = await press('boris', ordered, 'moves', typed, opened);
    expect(refused.status).toBe(409);
    expect(textOf(refused)).toContain('Заявка уже изменилась');
    expect(refused.text).toContain('передумал');
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'new', assignee_id: ids['anna'] });
    const both = await Promise.all([moveTo('anna', ordered, 'called'), moveTo('boris', ordered, 'called')]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
  });

  it('keeps comments and the next call, and refuses a time that is over', async () => {
    const ordered = await order(app);
    await press('anna', ordered, 'comments', { comment: 'Просит красивый номер' });
    expect((await press('anna', ordered, 'call', { callAt: '2026-06-16T10:30' })).status).toBe(303);
    expect(await orderRow(app, ordered.id)).toMatchObject({ next_call_at: new Date('2026-06-16T07:30:00Z') });
    const refused = await press('anna', ordered, 'call', { callAt: '2026-06-14T10:30' });
    expect(fieldErrors(refused)).toHaveProperty('callAt');
    for (const [callAt, said] of [
      ['2026-02-30T10:00', 'Выберите дату и время'],
      ['2026-06-16T24:30', 'Выберите дату и время'],
      ['2027-07-01T10:00', 'на год вперёд'],
    ] as const) {
      const answer = await press('anna', ordered, 'call', { callAt });
      expect([answer.status, fieldErrors(answer)['callAt']]).toEqual([422, expect.stringContaining(said)]);
    }
    const shown = textOf(await staff['anna']!.open(pathOf(ordered)));
    expect(shown).toContain('Просит красивый номер');
    expect(shown).toContain('Назначен звонок');
  });

  it('goes its way, and is told why where it stops', async () => {
    const ordered = await order(app);
    expect((await moveTo('anna', ordered, 'agreed')).status).toBe(409);
    expect((await moveTo('anna', ordered, 'called')).status).toBe(303);
    expect((await moveTo('anna', ordered, 'held')).status).toBe(422);
    expect((await moveTo('anna', ordered, 'held', { reason: 'в отпуске до июля' })).status).toBe(303);
    expect((await moveTo('anna', ordered, 'agreed')).status).toBe(409);
    expect((await moveTo('anna', ordered, 'called')).status).toBe(303);
    expect((await moveTo('anna', ordered, 'refused', { reason: 'самозапрет' })).status).toBe(422);
    expect((await moveTo('anna', ordered, 'refused', { reason: 'ответ оператора', refusal: 'self_ban' })).status).toBe(
      303,
    );
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'refused', refusal: 'self_ban' });
    expect(await app.smsTo(ordered.phone)).toContain('самозапрет');
    expect(textOf(await ordered.visitor.open(ordered.path))).toContain('Снять его можно на Госуслугах');
    expect((await moveTo('anna', ordered, 'called')).status).toBe(409);
    const events = await app.database.query(
      `select to_state from sim_order_event where order_id = $1 and kind = 'moved' order by seq`,
      [ordered.id],
    );
    expect(events.map((event) => event['to_state'])).toEqual(['called', 'held', 'called', 'refused']);
    const audit = `select from audit_log where object_id = $1 and action = 'sim_order.moved'`;
    expect(await app.database.query(audit, [ordered.id])).toHaveLength(4);
    await expect(app.database.query('delete from sim_order_event where order_id = $1', [ordered.id])).rejects.toThrow();
  });
});

describe('many orders at once', () => {
  it('are given to a colleague or called later, but for those that changed meanwhile', async () => {
    const [one, two] = [await order(app), await order(app)];
    const opened = await staff['anna']!.open(LIST);
    const token = /name="_csrf" value="([^"]+)"/.exec(opened.text)![1]!;
    const tick = async ({ id }: Ordered): Promise<[string, string]> => {
      return ['order', `${id}.${String((await orderRow(app, id))['revision'])}`];
    };
    // Several boxes of one name.
    const send = async (what: string, fields: [string, string][]): Promise<number> => {
      const cookies = staff['anna']!.cookies().map(({ name, value }) => `${name}=${value}`);
      const answer = await fetch(`${app.url}${LIST}/many/${what}`, {
        ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams([['_csrf', token], ...fields]) },
        headers: { cookie: cookies.join('; '), origin: app.url, accept: 'text/html' },
      });
      return answer.status;
    };
    const ticks = [await tick(one), await tick(two)];
    await take('boris', two);
    expect(await send('assignment', [...ticks, ['pileAssignee', ids['anna']!]])).toBe(303);
    expect(await orderRow(app, one.id)).toMatchObject({ assignee_id: ids['anna'] });
    expect(await orderRow(app, two.id)).toMatchObject({ assignee_id: ids['boris'] });
    const later: [string, string][] = [await tick(one), await tick(two), ['callAt', '2026-06-17T10:00']];
    expect(await send('call', later)).toBe(303);
    expect(await orderRow(app, two.id)).toMatchObject({ next_call_at: new Date('2026-06-17T07:00:00Z') });
    for (const callAt of ['2026-02-30T10:00', '9999-01-01T10:00']) {
      expect(await send('call', [await tick(one), ['callAt', callAt]])).toBe(422);
    }
    expect(await send('assignment', [['pileAssignee', ids['anna']!]])).toBe(422);
  });
});

describe('a card for an order', () => {
  it('goes to exactly one of two who want it', async () => {
    const [sim = ''] = await receive(app);
    const [one, two] = [await order(app), await order(app)];
    const answers = await Promise.all([press('anna', one, 'sim', { sim }), press('boris', two, 'sim', { sim })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const holders = await app.database.query('select id from sim_order where sim_id = $1', [sim]);
    expect(holders).toHaveLength(1);
    const live = await app.database.query('select from sim_reservation where sim_id = $1 and ended_at is null', [sim]);
    expect(live).toHaveLength(1);
  });

  it('is found by the ICCID on it, and the clerk hears why another one is not', async () => {
    const [first = '', sim = ''] = await receive(app, 2);
    const ordered = await order(app);
    const [{ iccid } = { iccid: '' }] = await app.database.query<{ iccid: string }>(
      'select iccid from sim_card where id = $1',
      [sim],
    );
    const search = () => staff['anna']!.open(`${pathOf(ordered)}?number=${iccid.slice(0, 10)}+${iccid.slice(10)}F`);
    const found = await search();
    expect([found.text.includes(sim), found.text.includes(first)]).toEqual([true, false]);
    await press('anna', await order(app), 'sim', { sim });
    expect(textOf(await search())).toContain('Эта карта занята под другую заявку или задачу');
  });

  it('is of the order’s operator, is needed to prepare it, and goes back with a cancellation', async () => {
    const [foreign = ''] = await receive(app, 1, {
      code: 'mts',
      sim: { iccid: '89701010000000000012', body: '8970101000000000001', raw: '89701010000000000012' },
    });
    const [sim = ''] = await receive(app);
    const ordered = await order(app);
    const opened = await staff['anna']!.open(pathOf(ordered));
    expect(opened.text).not.toContain(foreign);
    expect((await press('anna', ordered, 'sim', { sim: foreign }, opened)).status).toBe(404);
    await moveTo('anna', ordered, 'called');
    await moveTo('anna', ordered, 'agreed');
    expect((await moveTo('anna', ordered, 'prepared')).status).toBe(409);
    expect((await press('anna', ordered, 'sim', { sim })).status).toBe(303);
    expect((await press('anna', ordered, 'papers')).status).toBe(303);
    const shown = await staff['anna']!.open(pathOf(ordered));
    const pdf = page(shown).querySelector('a[href$=".pdf"]')!.getAttribute('href')!;
    const paper = await staff['anna']!.get(pdf);
    expect(paper.headers['content-type']).toContain('application/pdf');
    const other = await order(app);
    expect((await staff['anna']!.get(pdf.replace(ordered.id, other.id))).status).toBe(404);
    expect((await moveTo('anna', ordered, 'prepared')).status).toBe(303);
    expect((await moveTo('anna', ordered, 'at_office')).status).toBe(409);
    const told = 'select from message where recipient = $1';
    const before = (await app.database.query(told, [ordered.phone])).length;
    expect((await moveTo('anna', ordered, 'agreed', { reason: 'не тот номер' })).status).toBe(303);
    expect((await moveTo('anna', ordered, 'prepared')).status).toBe(303);
    expect(await app.database.query(told, [ordered.phone])).toHaveLength(before);
    expect((await moveTo('anna', ordered, 'in_delivery')).status).toBe(303);
    expect(textOf(await staff['anna']!.open(`${LIST}/courier/sheet`))).toContain(`№ ${ordered.number}`);
    expect((await moveTo('anna', ordered, 'cancelled', { reason: 'передумал' })).status).toBe(303);
    const [card] = await app.database.query('select state from sim_card where id = $1', [sim]);
    expect(card).toEqual({ state: 'returned' });
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'cancelled', sim_id: null });
  });

  it('comes back to be looked at where the courier had it, with the reason', async () => {
    const officeId = await openOffice(app);
    const sims = await receive(app, 2, { officeId });
    for (const [sim, path] of [
      [sims[0]!, ['cancelled']],
      [sims[1]!, ['held', 'refused']],
    ] as const) {
      const ordered = await order(app);
      await bring(app, ids['anna']!, ordered.id, sim);
      for (const to of path) {
        const fields = { reason: `потому что ${to}`, refusal: to === 'refused' ? 'debt' : '' };
        expect((await moveTo('anna', ordered, to, fields)).status).toBe(303);
      }
      const [card] = await app.database.query('select state, office_id from sim_card where id = $1', [sim]);
      expect(card).toEqual({ state: 'returned', office_id: officeId });
      const [movement] = await app.database.query(
        'select verb, reason from sim_movement where sim_id = $1 order by seq desc limit 1',
        [sim],
      );
      expect(movement).toEqual({ verb: 'returned', reason: `потому что ${path.at(-1)}` });
      expect(await orderRow(app, ordered.id)).toMatchObject({ sim_id: null });
      // Nobody else is offered it before.
      const other = await order(app);
      expect((await staff['anna']!.open(pathOf(other))).text).not.toContain(`value="${sim}"`);
    }
  });

  it('lies at the office that it was brought to, whose own cards are offered first', async () => {
    const [far, near] = [await openOffice(app), await openOffice(app)];
    const [first = ''] = await receive(app, 1, { officeId: far, code: 'yota' });
    const [second = ''] = await receive(app, 1, { officeId: near, code: 'yota' });
    const ordered = await order(app, { way: 'pickup', office: near });
    await app.database.query(
      'update sim_order set operator_id = (select id from operator where code = $2) where id = $1',
      [ordered.id, 'yota'],
    );
    await take('anna', ordered);
    const offered = page(await staff['anna']!.open(pathOf(ordered))).querySelectorAll('input[name="sim"]');
    expect(offered.map((input) => input.getAttribute('value'))).toEqual([second, first]);
    await bring(app, ids['anna']!, ordered.id, first);
    const [card] = await app.database.query('select state, office_id from sim_card where id = $1', [first]);
    expect(card).toEqual({ state: 'reserved', office_id: near });
    const [movement] = await app.database.query(
      'select verb, from_office_id, to_office_id from sim_movement where sim_id = $1 order by seq desc limit 1',
      [first],
    );
    expect(movement).toEqual({ verb: 'moved', from_office_id: far, to_office_id: near });
  });

  it('comes up by itself where it stays too long with the courier or at the office', async () => {
    const [sim = '', other = ''] = await receive(app, 2);
    const travelling = await order(app);
    const waiting = await order(app, { way: 'pickup', office: await openOffice(app) });
    await bring(app, ids['anna']!, travelling.id, sim);
    await bring(app, ids['anna']!, waiting.id, other);
    const dueIn = async (ordered: Ordered) => {
      const { next_call_at } = await orderRow(app, ordered.id);
      return Math.round((new Date(String(next_call_at)).getTime() - app.clock.now().getTime()) / 86_400_000);
    };
    expect([await dueIn(travelling), await dueIn(waiting)]).toEqual([2, 3]);
  });

  it('is handed over by a button that leads to the form, and the card’s history names the order', async () => {
    const [sim = ''] = await receive(app);
    const ordered = await order(app);
    await bring(app, ids['anna']!, ordered.id, sim);
    const desk = page(await staff['anna']!.open(pathOf(ordered)));
    expect(desk.querySelector('[aria-labelledby="moves-title"] a[href="#hand-over"]')?.text).toContain('Выдача');
    const history = page(await staff['anna']!.open(`/admin/sims/${sim}`));
    expect(history.querySelector(`a[href="${pathOf(ordered)}"]`)?.text).toBe(`Заявка № ${ordered.number}`);
  });
});

describe('what a clerk sends by mistake', () => {
  it('is told of in words that fit', async () => {
    const ordered = await order(app);
    expect(fieldErrors(await press('anna', ordered, 'comments', { comment: ' ' }))).toEqual({
      comment: 'Заполните это поле',
    });
    await take('anna', ordered);
    await press('anna', ordered, 'call', { callAt: '2026-06-15T14:00' });
    const cleared = await press('anna', ordered, 'call', { callAt: '' });
    expect(textOf(await staff['anna']!.follow(cleared))).toContain('Звонок снят');
    const gone = await staff['anna']!.submit(
      `${pathOf(ordered)}/edit`,
      { tariff: 'no-such-tariff', name: 'Печатали Долго' },
      `${pathOf(ordered)}/edit`,
    );
    expect(Object.keys(fieldErrors(gone))).toEqual(['tariff']);
    expect(page(gone).querySelector('[name="name"]')?.getAttribute('value')).toBe('Печатали Долго');
  });
});
