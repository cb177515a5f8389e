import { OfficeCodes } from '../../src/auth/logins/office-codes.service.js';
import { FirstPasswords } from '../../src/auth/first-log-in/first-passwords.service.js';
import { printedTails } from '../../src/sims/iccid/iccid.js';
import { customerWithPassword, PASSWORD } from '../auth/people.js';
import { receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, page, textOf, type Visitor } from '../support/visitor.js';
import { activeSubscriber, endOpenTask, happenings, lineRow, openTask } from './asking.js';

const app = useApp();
let clerk: Visitor;
let clerkId: string;

beforeAll(async () => {
  const hired = await app.world.hire('operator');
  clerk = await app.signInStaff(hired);
  clerkId = hired.id;
});

const pathOf = (lineId: string) => `/admin/lines/${lineId}/sim`;
const blankCard = async () => (await receive(app, 1, { sim: { number: null } }))[0]!;
const replace = (lineId: string, sim: string, fields: Fields = {}) =>
  clerk.submit(pathOf(lineId), { sim, documentChecked: 'on', ...fields }, pathOf(lineId));
const simRow = async (id: string) => {
  const [sim] = await app.database.query<Record<string, string>>('select * from sim_card where id = $1', [id]);
  return sim!;
};
const logIn = (phone: string, password: string) =>
  app.visitor().submit('/session/new', { phone, password }, '/session');
const askForPassword = (phone: string) => app.visitor().submit('/reset_password/new', { phone });

describe('a replaced SIM card', () => {
  it('gives its number to the new one when the operator has done it, and is written off', async () => {
    const { lineId, number } = await activeSubscriber(app);
    const { sim_id: former } = await lineRow(app, lineId);
    const next = await blankCard();
    expect((await replace(lineId, next)).status).toBe(303);
    const task = await openTask(app, lineId);
    expect(task.details).toMatchObject({ kind: 'replace_sim', simId: next, iccid: (await simRow(next))['iccid'] });
    expect(await simRow(next)).toMatchObject({ state: 'reserved', number: null });
    expect(await lineRow(app, lineId)).toMatchObject({ sim_id: former });
    expect(textOf(await clerk.open(`/admin/sims/${next}`))).toContain(`Задача № ${task.number}`);

    await endOpenTask(app, lineId, 'done');
    expect(await lineRow(app, lineId)).toMatchObject({ sim_id: next, number });
    expect(await simRow(next)).toMatchObject({ state: 'assigned', number });
    expect(await simRow(String(former))).toMatchObject({ state: 'written_off' });
    const [written] = await app.database.query(
      `select reason from sim_movement where sim_id = $1 and verb = 'written_off'`,
      [former],
    );
    expect(written).toEqual({ reason: 'заменена' });
    expect((await happenings(app, lineId)).at(-1)).toBe('sim_replaced');
  });

  it('opens no cabinet by its digits any more, and neither do those of the new one', async () => {
    const { lineId, number } = await activeSubscriber(app);
    expect((await logIn(number, '4821')).headers.location).toMatch(/^\/session\/first\//);
    const next = await blankCard();
    await replace(lineId, next);
    await endOpenTask(app, lineId, 'done');
    const tails = printedTails((await simRow(next))['iccid']!);
    for (const digits of ['4821', ...tails]) expect((await logIn(number, digits)).status).toBe(422);
  });

  it('goes back into stock where the operator refuses or we think better of it', async () => {
    const { lineId } = await activeSubscriber(app);
    const { sim_id: former } = await lineRow(app, lineId);
    const next = await blankCard();
    for (const how of ['refused', 'called_off'] as const) {
      await replace(lineId, next);
      await endOpenTask(app, lineId, how);
      expect(await simRow(next)).toMatchObject({ state: 'in_stock', number: null });
      expect(await lineRow(app, lineId)).toMatchObject({ sim_id: former });
    }
    expect(await simRow(String(former))).toMatchObject({ state: 'assigned' });
  });

  it('goes back into stock with the end of the line, too', async () => {
    const { lineId } = await activeSubscriber(app);
    const next = await blankCard();
    await replace(lineId, next);
    await clerk.submit(`/admin/lines/${lineId}/end`, { reason: 'Потерял и не вернётся' });
    expect(await simRow(next)).toMatchObject({ state: 'in_stock' });
    const line = await lineRow(app, lineId);
    expect(line).toMatchObject({ state: 'ended' });
    // The one that the customer has is worth nothing any more.
    expect(await simRow(String(line['sim_id']))).toMatchObject({ state: 'written_off' });
    expect(textOf(await clerk.open(`/admin/sims/${String(line['sim_id'])}`))).toContain('номер отключён');
  });

  it('is said beforehand to reach nobody where the number is all that there is to write to', async () => {
    const person = await customerWithPassword(app);
    const line = await activeSubscriber(app, null, person);
    const shown = async (what: string) => textOf(await clerk.open(`/admin/lines/${line.lineId}/${what}`));
    expect(await shown('sim')).not.toContain('написать некуда');
    expect(await shown('end')).toContain('Кабинет по этому номеру больше не откроется');
    await app.database.query('update login set phone = $2 where id = $1', [line.customerId, line.number]);
    expect(await shown('sim')).toContain('написать некуда');
    expect(await shown('end')).toContain('Это контактный телефон клиента');
    expect(await shown('end')).not.toContain('больше не откроется');
    await app.database.query(`update customer set email = 'irina@example.ru' where id = $1`, [line.customerId]);
    await app.database.query('update customer set email_confirmed_at = now() where id = $1', [line.customerId]);
    expect(await shown('sim')).not.toContain('написать некуда');
  });

  it('is of the same operator, has no number of its own, and is for one line', async () => {
    const [one, other] = [await activeSubscriber(app), await activeSubscriber(app)];
    const next = await blankCard();
    const [numbered = ''] = await receive(app);
    const [foreign = ''] = await receive(app, 1, { code: 'mts', sim: { number: null, iccid: '89701010000000004213' } });
    const offered = (await clerk.open(pathOf(one.lineId))).text;
    expect([next, numbered, foreign].map((id) => offered.includes(id))).toEqual([true, false, false]);
    for (const wrong of [numbered, foreign]) {
      const refused = await replace(one.lineId, wrong);
      expect([refused.status, textOf(refused)]).toEqual([
        422,
        expect.stringContaining('Нужна карта того же оператора'),
      ]);
    }
    const forms = await Promise.all([one, other].map(({ lineId }) => clerk.open(pathOf(lineId))));
    const answers = await Promise.all(
      [one, other].map(({ lineId }, place) =>
        clerk.submit(forms[place]!, { sim: next, documentChecked: 'on' }, pathOf(lineId)),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(textOf(answers.find(({ status }) => status === 409)!)).toContain('Эту SIM-карту уже заняли');
  });

  it('is found by its whole ICCID, typed in any way, or it is said why not', async () => {
    const { lineId } = await activeSubscriber(app);
    const [next, other] = [await blankCard(), await blankCard()];
    const [numbered = ''] = await receive(app);
    const search = async (iccid: string) => clerk.open(`${pathOf(lineId)}?iccid=${encodeURIComponent(iccid)}`);
    const { iccid = '' } = await simRow(next);
    for (const typed of [iccid, iccid.replace(/(\d{4})/g, '$1 '), `${iccid}F`, iccid.slice(0, -1)]) {
      const { text } = await search(typed);
      expect([text.includes(next), text.includes(other)]).toEqual([true, false]);
    }
    expect(textOf(await search((await simRow(numbered))['iccid']!))).toContain('У этой карты свой номер');
    expect(textOf(await search('8970102999999999999'))).toContain('Карты с таким ICCID у нас нет');
    // A part of it would let the hidden digits be guessed.
    expect(textOf(await search(iccid.slice(0, 12)))).toContain('Введите ICCID целиком');
    await replace(lineId, next);
    const busy = await activeSubscriber(app);
    const answer = await clerk.open(`${pathOf(busy.lineId)}?iccid=${iccid}`);
    expect(textOf(answer)).toContain('занята под другую заявку или задачу');
  });

  it('takes a document that somebody has looked at', async () => {
    const { lineId } = await activeSubscriber(app);
    const refused = await replace(lineId, await blankCard(), { documentChecked: undefined });
    expect(Object.keys(fieldErrors(refused))).toEqual(['documentChecked']);
  });

  it('shows nobody its last digits', async () => {
    const { lineId } = await activeSubscriber(app);
    const next = await blankCard();
    const { iccid = '' } = await simRow(next);
    const hidden = (text: string) => expect(page({ text } as never).text.replace(/\s/g, '')).not.toContain(iccid);
    hidden((await clerk.open(pathOf(lineId))).text);
    await replace(lineId, next);
    await endOpenTask(app, lineId, 'done');
    hidden((await clerk.open(`/admin/lines/${lineId}`)).text);
  });
});

describe('whoever has the new card alone', () => {
  const application = async (path: string, phone: string): Promise<Fields> => {
    const person = { phone, name: 'Ирина', rulesConsent: 'on', personalDataConsent: 'on' };
    if (path === '/cards/virtual') return person;
    const card = await app.world.sellCard(await app.world.openTill());
    return { ...person, card, surname: 'Петрова', birthDate: '1990-05-31', sex: 'female' };
  };
  const codesSentTo = async (phone: string) =>
    (await app.database.query(`select from dev_inbox where recipient = $1 and body ~ '\\m[0-9]{6}\\M'`, [phone]))
      .length;

  /** Somebody whose contact phone is the number itself. */
  async function swapped() {
    const person = await customerWithPassword(app);
    const line = await activeSubscriber(app, null, person);
    await app.database.query('delete from login_number where phone = $1', [line.number]);
    await app.database.query('update login set phone = $2 where id = $1', [person.customerId, line.number]);
    const inside = await app.signInCustomer({ phone: line.number, password: PASSWORD });
    await replace(line.lineId, await blankCard());
    await endOpenTask(app, line.lineId, 'done');
    return { ...line, inside };
  }

  it('is out of the cabinet, and gets no password by SMS for a day, but is told why', async () => {
    const { number, inside } = await swapped();
    expect((await inside.get('/cabinet/profile')).status).toBe(303);
    const asked = await askForPassword(number);
    expect([asked.status, asked.headers.location]).toEqual([303, '/session/new']);
    expect(await app.smsTo(number)).toMatch(/SIM-карту этого номера недавно заменили.*Позвоните нам/);
  });

  it('gets no code in the place of the password, which goes on working', async () => {
    const { number } = await swapped();
    expect((await app.visitor().submit('/session/new', { phone: number }, '/session/code')).status).toBe(303);
    expect(await app.smsTo(number)).toContain('входите по паролю');
    expect((await logIn(number, PASSWORD)).headers.location).toBe('/cabinet');
  });

  it.each(['/cards/virtual', '/cards/activate'])(
    'gets no code of a card either, which would open the cabinet: %s',
    async (path) => {
      const { number } = await swapped();
      const visitor = app.visitor();
      const asked = await visitor.submit(path, await application(path, number));
      const codePage = await visitor.follow(asked);
      expect(codePage.status).toBe(200);
      expect(await app.smsTo(number)).toContain('входите по паролю');
      for (const again of [false, true]) {
        if (again) {
          app.clock.advance({ minutes: 2 });
          await visitor.submit(codePage, {}, `${asked.headers.location}/again`);
        }
        expect(await codesSentTo(number)).toBe(0);
      }
    },
  );

  it('gets no code by a line of somebody whose contact phone is another', async () => {
    const line = await activeSubscriber(app);
    await replace(line.lineId, await blankCard());
    await endOpenTask(app, line.lineId, 'done');
    expect(await app.database.query('select from login_number where phone = $1', [line.number])).toHaveLength(1);
    await app.visitor().submit('/cards/virtual', await application('/cards/virtual', line.number));
    expect(await app.smsTo(line.number)).toContain('входите по паролю');
    expect(await codesSentTo(line.number)).toBe(0);
  });

  it('comes in with a code that staff issue', async () => {
    const { number, customerId } = await swapped();
    const wish = {
      loginId: customerId,
      check: 'document',
      clerk: { kind: 'staff', id: clerkId },
      language: 'ru',
    } as const;
    const code = await app.get(OfficeCodes).issue(wish);
    expect((await logIn(number, code)).headers.location).toMatch(/^\/reset_password\//);
  });

  it('is not alone in knowing: another contact phone and a confirmed address are told', async () => {
    const line = await activeSubscriber(app);
    const email = `sim-${line.lineId}@example.org`;
    await app.database.query('update customer set email = $2 where id = $1', [line.customerId, email]);
    await app.database.query('update customer set email_confirmed_at = now() where id = $1', [line.customerId]);
    await replace(line.lineId, await blankCard());
    await endOpenTask(app, line.lineId, 'done');
    const told = await app.database.query<{ channel: string; recipient: string; body: string }>(
      `select channel, recipient, body from message where body like '%заменена на новую%' and recipient = any($1) order by channel`,
      [[line.phone, email]],
    );
    expect(told.map(({ channel }) => channel)).toEqual(['email', 'sms']);
  });

  it('who has no password yet goes on coming in by the number', async () => {
    const line = await activeSubscriber(app);
    await app.database.query('delete from login_number where phone = $1', [line.number]);
    await app.database.query('update login set phone = $2 where id = $1', [line.customerId, line.number]);
    await replace(line.lineId, await blankCard());
    await endOpenTask(app, line.lineId, 'done');
    const visitor = await app.signInCustomer({ phone: line.number });
    expect((await visitor.get('/cabinet/lines')).status).toBe(200);
    expect(await app.get(FirstPasswords).list(line.customerId)).toMatchObject([{ endReason: 'taken_back' }]);
  });

  it('is trusted again after a day', async () => {
    const { number } = await swapped();
    app.clock.advance({ hours: 24, minutes: 1 });
    await askForPassword(number);
    expect(await app.smsTo(number)).toContain('Временный пароль');
  });
});
