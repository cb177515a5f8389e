import { receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';
import { bring } from './bringing.js';
import { order, type Ordered, orderRow, TELECOM } from './ordering.js';

const app = useApp({ env: TELECOM });
const LPA = 'LPA:1$rsp.example.ru$ORDER-42';
let clerk: Visitor;
let hired: { id: string; password: string };

beforeAll(async () => {
  const staff = await app.world.hire('operator');
  hired = staff;
  clerk = await app.signInStaff(staff);
});

const pathOf = ({ id }: Ordered) => `/admin/orders/${id}`;

async function esimOnItsWay(code = LPA): Promise<{ ordered: Ordered; sim: string }> {
  const [sim = ''] = await receive(app, 1, { sim: { kind: 'esim', lpa: code } });
  const ordered = await order(app, { simKind: 'esim' });
  await bring(app, hired.id, ordered.id, sim);
  return { ordered, sim };
}

describe('an eSIM on its way to its customer', () => {
  it('is no plastic: neither in SMS nor on the followed page nor at the desk', async () => {
    const { ordered } = await esimOnItsWay();
    const told = await app.smsTo(ordered.phone);
    expect(told).toContain('документы на подпись');
    expect(told).not.toContain('SIM-карт');
    expect(textOf(await ordered.visitor.open(ordered.path))).toContain('код активации eSIM');
    const desk = await clerk.open(pathOf(ordered));
    expect(page(desk).querySelector('#hand-over h2')?.text).toBe('Выдача eSIM');
    const person = { surname: 'Петрова', name: 'Ирина', documentChecked: 'on' };
    expect((await clerk.submit(desk, person, /hand-over$/)).status).toBe(303);
    expect(await app.smsTo(ordered.phone)).toContain('ICCID вашей eSIM');
    const followed = textOf(await ordered.visitor.open(ordered.path));
    expect(followed).toContain('Установите eSIM');
    expect(followed).not.toContain('Вставьте SIM-карту');
  });

  it('shows its activation code to whoever leads the order: after their password, once, on record', async () => {
    const { ordered, sim } = await esimOnItsWay('LPA:1$rsp.example.ru$ORDER-43');
    const other = await app.signInStaff(await app.world.hire('operator'));
    const path = `${pathOf(ordered)}/esim-code`;
    expect((await other.get(path)).status).toBe(409);
    expect(page(await clerk.open(pathOf(ordered))).querySelector(`a[href="${path}"]`)).not.toBeNull();
    expect(Object.keys(fieldErrors(await clerk.submit(path, { password: 'не тот' }, path)))).toEqual(['password']);
    const shown = await clerk.submit(path, { password: hired.password }, path);
    expect(shown.status).toBe(201);
    expect(shown.text).toContain('ORDER-43');
    const again = await clerk.submit(path, { password: hired.password }, path);
    expect(again.status).toBe(409);
    expect(again.text).not.toContain('ORDER-43');
    const reveals = await app.database.query('select what, staff_id from sim_reveal where sim_id = $1', [sim]);
    expect(reveals).toEqual([{ what: 'lpa', staff_id: hired.id }]);
  });

  it('has a code for nobody once its order is closed', async () => {
    const { ordered } = await esimOnItsWay('LPA:1$rsp.example.ru$ORDER-44');
    await clerk.submit(pathOf(ordered), { to: 'cancelled', reason: 'передумал' }, /moves$/);
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'cancelled' });
    expect((await clerk.get(`${pathOf(ordered)}/esim-code`)).status).toBe(409);
  });
});
