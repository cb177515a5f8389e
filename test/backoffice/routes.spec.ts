import type { StaffRole } from '../../src/infra/web/viewer.js';
import { newId } from '../../src/shared/ids.js';
import { useApp } from '../support/app.js';
import { textOf, type Visitor } from '../support/visitor.js';

const ROLES = ['admin', 'manager', 'operator', 'accountant'] as const;
const all = [...ROLES];
const makers: StaffRole[] = ['admin', 'manager'];

/** Who may open what. */
const PAGES: [path: string, roles: StaffRole[]][] = [
  ['/admin', all],
  ['/admin/purchases', all],
  ['/admin/activations', all],
  ['/admin/customers', all],
  ['/admin/search?q=7777', all],
  ['/admin/search/results?q=7777', all],
  ['/admin/cards', ['admin', 'manager', 'operator']],
  ['/admin/stations', makers],
  ['/admin/stations/new', makers],
  ['/admin/promotions', makers],
  ['/admin/promotions/new', makers],
  ['/admin/promotions/segments', makers],
  ['/admin/tariffs', all],
  ['/admin/tariffs/new', makers],
  ['/admin/tariffs/operators', makers],
  ['/admin/tariffs/imports', makers],
  ['/admin/tariffs/imports/example.csv', makers],
  ['/admin/staff', ['admin']],
  ['/admin/audit', ['admin']],
  ['/admin/ledger', ['admin', 'accountant']],
  ['/admin/reports', ['admin', 'manager', 'accountant']],
  ['/admin/reports/liability', ['admin', 'manager', 'accountant']],
  ['/admin/alerts', makers],
  ['/admin/alerts/limits', ['admin']],
  ['/admin/sims', ['admin', 'manager', 'operator']],
  ['/admin/sims/stock', ['admin', 'manager', 'operator']],
  ['/admin/sims/import', makers],
  ['/admin/sims/offices', makers],
  ['/admin/callbacks', ['admin', 'manager', 'operator']],
  ['/admin/callbacks/overdue', ['admin', 'manager', 'operator']],
  ['/admin/companies', ['admin', 'manager', 'operator']],
  ['/admin/orders', ['admin', 'manager', 'operator']],
  ['/admin/orders/courier/sheet', ['admin', 'manager', 'operator']],
  ['/admin/orders?view=board', ['admin', 'manager', 'operator']],
  ['/admin/orders/templates', makers],
  ['/admin/tasks', ['admin', 'manager', 'operator']],
  ['/admin/tasks/operators', ['admin', 'manager', 'operator']],
  ['/admin/tasks/instructions', makers],
  ['/admin/tasks/instructions/house/activate', makers],
];

const id = newId();
/** Who may send what; the objects do not exist, so whoever is admitted gets no further than that. */
const FORMS: [path: string, roles: StaffRole[]][] = [
  ['/admin/stations', makers],
  [`/admin/stations/${id}`, makers],
  [`/admin/stations/${id}/codes`, makers],
  [`/admin/stations/${id}/closure`, makers],
  [`/admin/stations/${id}/reopening`, makers],
  [`/admin/stations/${id}/terminals`, makers],
  [`/admin/stations/terminals/${id}/keys`, makers],
  [`/admin/stations/terminals/${id}/removal`, makers],
  [`/admin/stations/terminals/${id}/restoration`, makers],
  [`/admin/stations/terminals/${id}/keys/${id}/revocation`, makers],
  ['/admin/cards/batches', makers],
  [`/admin/cards/batches/${id}/station`, makers],
  [`/admin/cards/batches/${id}/exports`, makers],
  [`/admin/customers/${id}/phone-reveals`, ['admin', 'manager', 'operator']],
  [`/admin/customers/${id}/access`, ['admin', 'manager', 'operator']],
  [`/admin/customers/${id}/access/sessions/closure`, ['admin', 'manager', 'operator']],
  [`/admin/customers/${id}/access/phone`, ['admin', 'manager', 'operator']],
  [`/admin/customers/${id}/access/phone/${id}`, ['admin', 'manager', 'operator']],
  [`/admin/alerts/alarms/${id}/acknowledgement`, makers],
  ['/admin/promotions', makers],
  ['/admin/promotions/examples', makers],
  ['/admin/promotions/segments', makers],
  [`/admin/promotions/segments/${id}`, makers],
  [`/admin/receipts/claims/${id}/credit`, makers],
  [`/admin/receipts/claims/${id}/refusal`, makers],
  [`/admin/promotions/segments/${id}/deletion`, makers],
  [`/admin/promotions/${id}/terms`, makers],
  [`/admin/promotions/${id}/publication`, makers],
  [`/admin/promotions/${id}/pause`, makers],
  [`/admin/promotions/${id}/resumption`, makers],
  [`/admin/promotions/${id}/end`, makers],
  ['/admin/tariffs', makers],
  ['/admin/tariffs/exports', makers],
  ['/admin/tariffs/imports', makers],
  [`/admin/tariffs/imports/${id}/import`, makers],
  ['/admin/tariffs/operators', makers],
  [`/admin/tariffs/operators/${id}`, makers],
  [`/admin/tariffs/${id}/draft`, makers],
  [`/admin/tariffs/${id}/draft/removal`, makers],
  [`/admin/tariffs/${id}/publication`, makers],
  [`/admin/tariffs/${id}/versions/${id}/withdrawal`, makers],
  [`/admin/tariffs/${id}/closure`, makers],
  [`/admin/tariffs/${id}/reopening`, makers],
  ['/admin/staff/invitations', ['admin']],
  [`/admin/staff/invitations/${id}/withdrawal`, ['admin']],
  [`/admin/staff/${id}/dismissal`, ['admin']],
  ['/admin/ledger/proofs', ['admin', 'accountant']],
  ['/admin/reports/nothing/downloads', ['admin', 'manager', 'accountant']],
  [`/admin/alerts/${id}/look`, makers],
  [`/admin/alerts/${id}/dismissal`, makers],
  [`/admin/alerts/${id}/reopening`, makers],
  ['/admin/alerts/limits', ['admin']],
  ['/admin/sims/import', makers],
  [`/admin/sims/import/${id}/check`, makers],
  [`/admin/sims/import/${id}/import`, makers],
  ['/admin/sims/offices', makers],
  [`/admin/sims/offices/${id}`, makers],
  [`/admin/sims/offices/${id}/closure`, makers],
  [`/admin/sims/offices/${id}/reopening`, makers],
  ['/admin/sims/many/moves', makers],
  ['/admin/sims/many/write-offs', makers],
  [`/admin/sims/${id}/moves`, ['admin', 'manager', 'operator']],
  [`/admin/sims/${id}/write-offs`, makers],
  [`/admin/sims/${id}/restocks`, makers],
  [`/admin/sims/${id}/secrets`, makers],
  [`/admin/callbacks/${id}/claim`, ['admin', 'manager', 'operator']],
  [`/admin/callbacks/${id}/release`, ['admin', 'manager', 'operator']],
  [`/admin/callbacks/${id}/dials`, ['admin', 'manager', 'operator']],
  [`/admin/callbacks/${id}/completion`, ['admin', 'manager', 'operator']],
  [`/admin/callbacks/${id}/comments`, ['admin', 'manager', 'operator']],
  [`/admin/customers/${id}/company`, ['admin', 'manager', 'operator']],
  [`/admin/customers/${id}/company/closing`, ['admin', 'manager', 'operator']],
  [`/admin/customers/${id}/company/esia`, ['admin', 'manager', 'operator']],
  [`/admin/customers/${id}/company/lines/${id}/user`, ['admin', 'manager', 'operator']],
  [`/admin/customers/${id}/company/lines/${id}/user/removal`, ['admin', 'manager', 'operator']],
  ['/admin/orders/many/assignment', ['admin', 'manager', 'operator']],
  ['/admin/orders/many/call', ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/assignment`, ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/call`, ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/comments`, ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/moves`, ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/sim`, ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/sim/release`, ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/papers`, ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/hand-over`, ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/activation`, ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/esim-code`, ['admin', 'manager', 'operator']],
  [`/admin/orders/${id}/sms`, ['admin', 'manager', 'operator']],
  ['/admin/orders/templates', makers],
  [`/admin/orders/templates/${id}`, makers],
  [`/admin/orders/templates/${id}/retirement`, makers],
  [`/admin/orders/${id}/activation/again`, ['admin', 'manager', 'operator']],
  ['/admin/tasks/many/assignment', ['admin', 'manager', 'operator']],
  ['/admin/tasks/many/sending', ['admin', 'manager', 'operator']],
  [`/admin/tasks/${id}/assignment`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/${id}/sending`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/${id}/failure`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/${id}/clerk`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/${id}/comments`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/${id}/completion`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/${id}/refusal`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/${id}/cancellation`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/${id}/proofs`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/operators/${id}`, makers],
  [`/admin/tasks/operators/${id}/files`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/operators/${id}/answers`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/files/${id}/taking`, ['admin', 'manager', 'operator']],
  [`/admin/tasks/instructions/${id}/activate`, makers],
  [`/admin/tasks/instructions/${id}/activate/removal`, makers],
];

const app = useApp();
const staff = new Map<StaffRole, Visitor>();
const tokens = new Map<StaffRole, string>();

beforeAll(async () => {
  for (const role of ROLES) {
    const visitor = await app.signInStaff(await app.world.hire(role));
    staff.set(role, visitor);
    const home = await visitor.get('/admin');
    tokens.set(role, /name="_csrf" value="([^"]+)"/.exec(home.text)?.[1] ?? '');
  }
});

describe.each(ROLES)('the %s', (role) => {
  it.each(PAGES)('at GET %s', async (path, roles) => {
    const answer = await staff.get(role)!.get(path);
    if (roles.includes(role)) expect([200, 303]).toContain(answer.status);
    else expect(answer.status).toBe(403);
  });

  it.each(FORMS)('at POST %s', async (path, roles) => {
    const answer = await staff.get(role)!.post(path, { _csrf: tokens.get(role) }, '/admin');
    if (roles.includes(role)) expect([200, 404, 422]).toContain(answer.status);
    else expect(answer.status).toBe(403);
  });

  it('sees only the menu entries that open', async () => {
    const home = await staff.get(role)!.get('/admin');
    const menu = [...home.text.matchAll(/<a href="(\/admin[^"?]*)"[^>]*><svg/g)].map(([, path]) => path!);
    for (const path of menu) expect((await staff.get(role)!.get(path)).status).toBe(200);
    expect(menu).toContain('/admin/customers');
    expect(menu.includes('/admin/staff')).toBe(role === 'admin');
  });
});

describe('a stranger', () => {
  it.each(PAGES)('at GET %s is sent to the log-in of staff', async (path) => {
    const answer = await app.visitor().get(path);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe(`/admin/session/new?back=${encodeURIComponent(path)}`);
  });

  it.each(FORMS)('at POST %s does nothing', async (path) => {
    const answer = await app.visitor().post(path, {});
    expect([303, 403]).toContain(answer.status);
  });
});

describe('a customer', () => {
  it('is a stranger in the back office', async () => {
    const { till } = await app.world.openStation();
    const { phone } = await app.world.activeCard(till);
    const customer = await app.signInCustomer({ phone });
    const answer = await customer.get('/admin/customers');
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toMatch(/^\/admin\/session\/new/);
  });
});

describe('an address of what does not exist', () => {
  it.each([
    `/admin/stations/${id}`,
    '/admin/stations/1',
    `/admin/promotions/${id}`,
    `/admin/promotions/${id}/preview`,
    `/admin/promotions/${id}/terms`,
    `/admin/promotions/segments/${id}`,
    `/admin/receipts/claims/${id}`,
    '/admin/promotions/1',
    `/admin/tariffs/${id}`,
    `/admin/tariffs/${id}/draft`,
    `/admin/tariffs/${id}/preview`,
    `/admin/tariffs/imports/${id}`,
    `/admin/tariffs/operators/${id}`,
    '/admin/tariffs/1',
    `/admin/customers/${id}`,
    `/admin/customers/${id}/company`,
    `/admin/customers/${id}/company/lines/${id}`,
    "/admin/customers/1'or'1'='1",
    `/admin/purchases/${id}`,
    '/admin/purchases/%00',
    `/admin/cards/batches/${id}`,
    '/admin/cards/2990000000000',
    `/admin/callbacks/${id}`,
    `/admin/orders/${id}`,
    `/admin/orders/${id}/papers/${id}.pdf`,
    `/admin/orders/${id}/sms`,
    `/admin/orders/templates/${id}`,
    `/admin/tasks/${id}`,
    `/admin/tasks/${id}/proofs/${id}`,
    `/admin/tasks/operators/${id}`,
    `/admin/tasks/files/${id}`,
    `/admin/tasks/files/${id}.csv`,
    `/admin/tasks/instructions/${id}/activate`,
    '/admin/tasks/instructions/house/nothing',
    '/admin/cards/%00',
    `/admin/cards/${'9'.repeat(500)}`,
    `/admin/sims/${id}`,
    '/admin/sims/1',
    `/admin/sims/${id}/secrets`,
    `/admin/sims/import/${id}`,
    `/admin/sims/offices/${id}`,
    '/admin/nothing',
  ])('GET %s is a 404 page', async (path) => {
    const answer = await staff.get('admin')!.get(path);
    expect(answer.status).toBe(404);
    expect(textOf(answer)).toContain('Ошибка 404');
  });

  it.each(FORMS.filter(([path]) => path.includes(id)))('POST %s changes nothing', async (path) => {
    const valid = { number: '7', name: 'А', city: 'Б', address: 'В', timeZone: 'Europe/Moscow', terminalName: 'Касса' };
    const { stationId } = await app.world.openStation();
    const answer = await staff.get('admin')!.post(path, { _csrf: tokens.get('admin'), ...valid, stationId }, '/admin');
    expect(answer.status).toBe(404);
  });
});

describe('addresses written by hand', () => {
  it.each([
    '/admin/purchases?day=2026-99-99&station=x&points=all&customer=%00&card=%00&after=x',
    '/admin/purchases?day[]=1&after[]=2&station[a]=b',
    '/admin/activations?day=%00&after=%00',
    '/admin/customers?q=%00&joined=never&after=zzz',
    '/admin/customers?q=%25%27%5C_&after=W10',
    '/admin/customers?q=a%40%00b',
    `/admin/customers?q=${'я'.repeat(1000)}`,
    '/admin/cards?after=x&number[]=1',
    '/admin/audit?actor=god&kind=%00&object=%00&after=x',
    '/admin/callbacks?state=none&topic[]=1&mine=%00&after=W10',
    '/admin/orders?state=none&operator=%00&q[]=1&way=x&after=W10',
    '/admin/tasks?state=none&operator=%00&q[]=1&kind=x&channel[]=1&assignee=%00&after=W10',
    '/admin/tariffs?q=%00&operator=x&state=gone&after=W10',
    '/admin/tariffs?q=%25%27%5C_&operator[]=1',
    '/admin/tariffs/imports?after=zzz',
    '/admin/search?q[]=1',
    '/admin/search',
    '/admin/search/results?q[]=1',
    `/admin/search?q=%25%27%5C_${'я'.repeat(300)}`,
    '/admin/orders?view=board&operator=%00&mine=x&way[]=1&free=2',
  ])('%s does not break the page', async (path) => {
    expect((await staff.get('admin')!.open(path)).status).toBe(200);
  });

  it('keep to a card number’s rules at the look-up', async () => {
    const operator = staff.get('operator')!;
    for (const [typed, said] of [
      ['', '13 цифр'],
      ['123', '13 цифр'],
      ['2990000000001', 'Контрольная цифра не сходится'],
      ['2990000000002', 'не выпускали'],
    ] as const) {
      const answer = await operator.get(`/admin/cards/look-up?number=${typed}`);
      expect(answer.status).toBe(422);
      expect(textOf(answer)).toContain(said);
    }
    const [card = ''] = await app.world.printCards();
    const spaced = encodeURIComponent(card.replace(/(\d{4})/g, '$1 '));
    const found = await operator.get(`/admin/cards/look-up?number=${spaced}`);
    expect(found.headers.location).toBe(`/admin/cards/${card}`);
  });
});
