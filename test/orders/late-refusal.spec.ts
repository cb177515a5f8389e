import { openOffice, receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, page, textOf, type Visitor } from '../support/visitor.js';
import { bring, tailOf } from './bringing.js';
import { order, type Ordered, orderRow, TELECOM } from './ordering.js';

const app = useApp({ env: TELECOM });
let clerk: Visitor;
let clerkId: string;

beforeAll(async () => {
  const hired = await app.world.hire('operator');
  clerk = await app.signInStaff(hired);
  clerkId = hired.id;
});

const pathOf = ({ id }: Ordered) => `/admin/orders/${id}`;

async function handedOver(): Promise<{ ordered: Ordered; sim: string; number: string; tail: string }> {
  const [sim = ''] = await receive(app);
  const ordered = await order(app);
  await bring(app, clerkId, ordered.id, sim);
  const person = { surname: 'Петрова', name: 'Ирина', documentChecked: 'on' };
  const done = await clerk.submit(pathOf(ordered), person, /hand-over$/);
  if (done.status !== 303) throw new Error(textOf(done));
  const [line] = await app.database.query<{ number: string }>('select number from line where order_id = $1', [
    ordered.id,
  ]);
  return { ordered, sim, number: line!.number, tail: await tailOf(app, sim) };
}

const refuse = (ordered: Ordered, fields: Fields = {}) =>
  clerk.submit(
    pathOf(ordered),
    { refusal: 'number_limit', reason: 'Двадцать номеров', card: 'kept', ...fields },
    /refusal$/,
  );

const logIn = (phone: string, password: string) =>
  app.visitor().submit('/session/new', { phone, password }, '/session');
const simRow = async (id: string) => {
  const [row] = await app.database.query('select state, office_id from sim_card where id = $1', [id]);
  return row;
};

describe('a refusal of the operator after the hand-over', () => {
  it('ends the line, leaves no door open, keeps the papers and tells the customer', async () => {
    const { ordered, sim, number, tail } = await handedOver();
    const visitor = app.visitor();
    const digitsTyped = await visitor.submit('/session/new', { phone: number, password: tail }, '/session');
    const codeStep = await visitor.follow(digitsTyped);
    const code = await app.codeSentTo(number);
    const digits = await app.database.query('select from first_password where phone = $1 and ended_at is null', [
      number,
    ]);
    expect(digits).toHaveLength(1);
    const { customer_id, line_id } = await orderRow(app, ordered.id);

    expect((await refuse(ordered)).status).toBe(303);
    expect(await orderRow(app, ordered.id)).toMatchObject({
      state: 'refused',
      refusal: 'number_limit',
      customer_id,
      line_id,
    });
    const [line] = await app.database.query('select state from line where id = $1', [line_id]);
    expect(line).toEqual({ state: 'ended' });
    expect(await simRow(sim)).toEqual({ state: 'written_off', office_id: null });
    expect(
      await app.database.query('select from sim_reservation where sim_id = $1 and ended_at is null', [sim]),
    ).toEqual([]);
    expect(await app.database.query('select from login_number where phone = $1', [number])).toEqual([]);
    expect((await logIn(number, tail)).status).toBe(422);
    const late = await visitor.submit(codeStep, { code });
    expect(late.status).toBe(422);
    expect(textOf(late)).toContain('Этот код больше не действует');
    const [first] = await app.database.query('select end_reason from first_password where phone = $1', [number]);
    expect(first).toEqual({ end_reason: 'taken_back' });
    expect(await app.smsTo(ordered.phone)).toContain('слишком много номеров');
    const papers = await app.database.query('select from paper where subject_id = $1 and customer_id = $2', [
      ordered.id,
      customer_id,
    ]);
    expect(papers).toHaveLength(3);
    const followed = textOf(await ordered.visitor.open(ordered.path));
    expect(followed).toContain('на вас уже столько номеров');
    expect(followed).toContain('работать не будет');
    const owner = await app.signInCustomer({ phone: ordered.phone });
    expect(textOf(await owner.open('/cabinet/orders'))).toContain('Отказ оператора');
    expect(textOf(await owner.open(`/cabinet/orders/${ordered.id}`))).toContain('работать не будет');
  });

  it('takes the card back to where the clerk says it lies', async () => {
    const { ordered, sim, number } = await handedOver();
    const office = await openOffice(app, 'Офис возвратов');
    const nowhere = await refuse(ordered, { card: 'returned', place: '' });
    expect(Object.keys(fieldErrors(nowhere))).toEqual(['place']);
    expect(page(nowhere).querySelector('[name="reason"]')?.text).toContain('Двадцать номеров');
    expect((await refuse(ordered, { card: 'returned', place: `office:${office}` })).status).toBe(303);
    expect(await simRow(sim)).toEqual({ state: 'returned', office_id: office });
    expect(await app.database.query('select from login_number where phone = $1', [number])).toEqual([]);
  });

  it('is written down whole or not at all, once, and never after the number works', async () => {
    const { ordered, sim } = await handedOver();
    const office = await openOffice(app);
    const opened = await clerk.open(pathOf(ordered));
    await app.database.query('update office set closed_at = now() where id = $1', [office]);
    const closed = await refuse(ordered, { card: 'returned', place: `office:${office}` });
    expect(Object.keys(fieldErrors(closed))).toEqual(['place']);
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'handed_over' });
    expect(await simRow(sim)).toMatchObject({ state: 'assigned' });
    const wrong = await refuse(ordered, { refusal: '', reason: '', card: 'kept' });
    expect(Object.keys(fieldErrors(wrong)).sort()).toEqual(['reason', 'refusal']);
    const press = () => clerk.submit(opened, { refusal: 'debt', reason: 'Долг', card: 'kept' }, /refusal$/);
    const answers = await Promise.all([press(), press()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);

    const other = await handedOver();
    const stale = await clerk.open(pathOf(other.ordered));
    expect((await clerk.submit(stale, {}, /activation$/)).status).toBe(303);
    expect((await clerk.submit(stale, { refusal: 'debt', reason: 'Долг', card: 'kept' }, /refusal$/)).status).toBe(409);
    expect(page(await clerk.open(pathOf(other.ordered))).querySelector('form[action$="/refusal"]')).toBeNull();
    const before = await order(app);
    const token = /name="_csrf" value="([^"]+)"/.exec((await clerk.open(pathOf(before))).text)?.[1];
    const early = { _csrf: token, revision: '1', refusal: 'debt', reason: 'Долг', card: 'kept' };
    expect((await clerk.post(`${pathOf(before)}/refusal`, early, pathOf(before))).status).toBe(409);
  });
});
