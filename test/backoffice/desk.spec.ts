import type { StaffRole } from '../../src/infra/web/viewer.js';
import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();
const staff = new Map<StaffRole, Visitor>();
const as = (role: StaffRole): Visitor => staff.get(role)!;

beforeAll(async () => {
  for (const role of ['admin', 'operator', 'accountant'] as const) {
    staff.set(role, await app.signInStaff(await app.world.hire(role)));
  }
});

function figures(answer: { text: string }): Record<string, string> {
  const stats = page(answer as never).querySelectorAll('.stat');
  return Object.fromEntries(
    stats.map((stat) => [
      stat.querySelector('.stat__name')!.text,
      stat.querySelector('.stat__figure')!.text.replace(/\u00a0/g, ' '),
    ]),
  );
}

function rowsOf(answer: { text: string }): string[] {
  return page(answer as never)
    .querySelectorAll('tbody tr')
    .map((row) => row.text.replace(/\s+/g, ' ').trim());
}

describe('today', () => {
  it('says what to do first while nothing has happened', async () => {
    const home = textOf(await as('admin').open('/admin'));
    expect(home).toContain('Покупок ещё не было');
    expect(home).toContain('Начните со станции');
  });

  it('counts what happened since midnight, and every tile opens its list', async () => {
    const { till } = await app.world.openStation();
    app.clock.advance({ days: -1 });
    const early = await app.world.activeCard(till);
    await till.purchase({ card: early.number, sum: '5000.00' });
    app.clock.advance({ days: 1 });
    const { number, customerId } = await app.world.activeCard(till);
    await app.database.query(
      `insert into activation (id, kind, card_number, customer_id, started_at, completed_at)
       values (gen_random_uuid(), 'plastic', $1, $2, $3, $3)`,
      [number, customerId, app.clock.now()],
    );
    await till.purchase({ card: number, sum: '1000.00' });
    await till.purchase({ card: number, sum: '500.50', redeem: '10.00' });

    const home = await as('operator').open('/admin');
    expect(figures(home)).toEqual({
      Покупки: '1 500,50 ₽',
      'Начислено баллов': '14,90',
      'Списано баллов': '10',
      'Активировано карт': '1',
      'Баллы на руках': '54,90',
    });
    const lists = page(home)
      .querySelectorAll('a.stat')
      .map((tile) => tile.getAttribute('href')!);
    const rows = await Promise.all(lists.map(async (path) => rowsOf(await as('operator').open(path)).length));
    expect(rows).toEqual([2, 2, 1, 1, 2]);
    expect(textOf(home)).toContain('2 чека');
  });

  it('draws fourteen days and says the same in a table', async () => {
    const home = page(await as('operator').open('/admin'));
    expect(home.querySelectorAll('.daychart rect.daychart__earned')).toHaveLength(14);
    const days = home.querySelectorAll('details table tbody tr').map((row) => row.text.replace(/\s+/g, ' ').trim());
    expect(days).toHaveLength(14);
    expect(days[0]).toMatch(/^15 июня 2 1 500,50 ₽ 14,90 10$/);
    expect(days[1]).toMatch(/^14 июня 1 5 000 ₽ 50 0$/);
  });
});

describe('purchases', () => {
  it('are filtered by the address: day, station, points', async () => {
    const all = rowsOf(await as('operator').open('/admin/purchases'));
    expect(all).toHaveLength(3);
    expect(all[0]).toContain('500,50 ₽');
    expect(rowsOf(await as('operator').open('/admin/purchases?day=2026-06-14'))).toHaveLength(1);
    expect(rowsOf(await as('operator').open('/admin/purchases?points=redeemed'))).toHaveLength(1);
    const { stationId } = await app.world.openStation();
    const none = await as('operator').open(`/admin/purchases?station=${stationId}`);
    expect(textOf(none)).toContain('По этим условиям покупок нет');
    expect(page(none).querySelector(`option[value="${stationId}"]`)!.hasAttribute('selected')).toBe(true);
  });

  it('explain their points line by line', async () => {
    const list = await as('operator').open('/admin/purchases?points=redeemed');
    const path = page(list).querySelector('a[data-row]')!.getAttribute('href')!;
    const text = textOf(await as('operator').open(path)).replace(/\u00a0/g, ' ');
    expect(text).toContain('1 % от покупки: 4,90');
    expect(text).toMatch(/К оплате\s*490,50 ₽/);
    expect(text).toMatch(/Списано\s*10 баллов/);
  });
});

describe('the points ledger', () => {
  it('proves itself on request and remembers that it did', async () => {
    const proved = await as('accountant').submit('/admin/ledger', {}, '/admin/ledger/proofs');
    expect(proved.status).toBe(200);
    expect(textOf(proved)).toContain('Всё сходится');
    expect(figures(proved)).toMatchObject({ Списано: '10', 'Баллы на руках': '54,90' });
    expect(textOf(await as('accountant').open('/admin/ledger'))).toContain('сходится');
    const events = await app.database.query(`select facts from audit_log where action = 'ledger.verified'`);
    expect(events).toMatchObject([{ facts: { findings: 0 } }]);
  });

  it('shows the rows that break a rule', async () => {
    const [{ id }] = (await app.database.query(
      `update account set balance = balance + 1 where id = (select points_account_id from customer limit 1) returning id`,
    )) as [{ id: string }];
    const proved = await as('accountant').submit('/admin/ledger', {}, '/admin/ledger/proofs');
    await app.database.query('update account set balance = balance - 1 where id = $1', [id]);
    expect(textOf(proved)).toMatch(/Нашли \d+ расхождени/);
    expect(rowsOf(proved).some((row) => row.includes(id))).toBe(true);
  });
});

describe('staff', () => {
  it('are invited by a link that is shown once and works once', async () => {
    const invited = await as('admin').submit('/admin/staff', { email: 'Anna@Example.org', role: 'accountant' });
    expect(invited.status).toBe(201);
    const link = page(invited).querySelector('#link')!.getAttribute('value')!;
    const again = await as('admin').open('/admin/staff');
    expect(again.text).not.toContain(link);
    expect(textOf(again)).toContain('anna@example.org');

    const newcomer = app.visitor();
    const form = await newcomer.open(new URL(link).pathname);
    const accepted = await newcomer.submit(form, { name: 'Анна Котова', password: 'четыре слова для входа сюда' });
    expect(accepted.status).toBe(303);
    expect(textOf(await as('admin').open('/admin/staff'))).toContain('Анна Котова');
    expect((await app.visitor().get(new URL(link).pathname)).status).toBe(404);
  });

  it('lose access at once, with every link that would lead back', async () => {
    const leaver = await app.world.hire('manager');
    const visitor = await app.signInStaff(leaver);
    const invited = await as('admin').submit('/admin/staff', { email: leaver.email, role: 'admin' });
    const link = page(invited).querySelector('#link')!.getAttribute('value')!;
    const path = `/admin/staff/${leaver.id}/dismissal`;
    const closed = await as('admin').follow(await as('admin').submit('/admin/staff', {}, path));
    expect(textOf(closed)).toContain('доступ закрыт');
    expect((await visitor.get('/admin')).status).toBe(303);
    const { email, password } = leaver;
    const again = await app.visitor().submit('/admin/session/new', { email, password }, '/admin/session');
    expect(again.status).toBe(422);
    expect((await app.visitor().get(new URL(link).pathname)).status).toBe(404);
  });

  it('are told when an address works here already, and may withdraw a link', async () => {
    const { email } = await app.world.hire('operator');
    const invited = await as('admin').submit('/admin/staff', { email: email.toUpperCase(), role: 'manager' });
    expect(textOf(invited)).toContain('уже работает здесь, роль: Оператор');
    expect(textOf(invited)).toContain('роль изменится: Управляющий');
    const link = new URL(page(invited).querySelector('#link')!.getAttribute('value')!).pathname;
    const action = page(invited)
      .querySelectorAll('form[action$="/withdrawal"]')
      .find((form) => form.text.includes(email))!
      .getAttribute('action')!;
    const list = await as('admin').open('/admin/staff');
    const withdrawn = await as('admin').follow(await as('admin').submit(list, {}, action));
    expect(textOf(withdrawn)).toContain(`Приглашение для ${email} отозвано`);
    expect((await app.visitor().get(link)).status).toBe(404);
    expect((await as('admin').submit(list, {}, action)).status).toBe(404);
    expect(textOf(await as('admin').open('/admin/audit'))).toContain('Приглашение отозвано');
  });

  it('cannot lock themselves out', async () => {
    const self = await app.world.hire('admin');
    const visitor = await app.signInStaff(self);
    const list = await visitor.open('/admin/staff');
    expect(list.text).not.toContain(`${self.id}/dismissal`);
    const token = page(list).querySelector('[name=_csrf]')!.getAttribute('value');
    const refused = await visitor.post(`/admin/staff/${self.id}/dismissal`, { _csrf: token }, '/admin/staff');
    expect(refused.status).toBe(409);
    expect((await visitor.get('/admin')).status).toBe(200);
  });

  it('are not invited without an address and a role', async () => {
    const refused = await as('admin').submit('/admin/staff', { email: 'не почта', role: 'king' });
    expect(refused.status).toBe(422);
    expect(fieldErrors(refused)).toMatchObject({ email: expect.stringContaining('адрес') });
    expect(textOf(refused)).toContain('Выберите из списка');
    expect(page(refused).querySelector('[name=email]')!.getAttribute('value')).toBe('не почта');
  });
});

describe('the audit log', () => {
  it('tells who did what to which object', async () => {
    const log = await as('admin').open('/admin/audit?actor=staff');
    const rows = rowsOf(log);
    expect(rows.some((row) => row.includes('Приглашён сотрудник'))).toBe(true);
    expect(rows.some((row) => row.includes('Книга баллов проверена'))).toBe(true);
    const object = page(log).querySelector('a[data-row]')!.getAttribute('href')!;
    expect(rowsOf(await as('admin').open(object)).length).toBeGreaterThan(0);
    expect(rowsOf(await as('admin').open('/admin/audit?actor=terminal'))).toEqual([]);
  });

  it('goes on page by page', async () => {
    await app.database.query(
      `insert into audit_log (actor_kind, action, object_kind, object_id)
       select 'terminal', 'till.opened', 'terminal', n::text from generate_series(1, 250) n`,
    );
    let path: string | undefined = '/admin/audit?actor=terminal';
    const seen: string[] = [];
    while (path) {
      const log = await as('admin').open(path);
      seen.push(...rowsOf(log));
      path = page(log).querySelector('a[rel=next]')?.getAttribute('href');
    }
    expect(seen).toHaveLength(250);
    expect(seen[0]).toContain('till.opened');
  });
});
