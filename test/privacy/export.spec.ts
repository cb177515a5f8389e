import type { Response } from 'supertest';
import { PersonalData } from '../../src/infra/personal-data/personal-data.js';
import { useApp } from '../support/app.js';
import { fieldErrors, textOf, type Visitor } from '../support/visitor.js';
import { customerWithPassword, customer, PASSWORD } from '../auth/people.js';

const app = useApp();
const EXPORT = '/cabinet/profile/export';

interface File {
  parts: Record<string, Record<string, unknown>[]>;
}

const download = (visitor: Visitor, format: 'html' | 'json', password = PASSWORD): Promise<Response> =>
  visitor.submit(EXPORT, { password, format }, EXPORT);

describe('taking all of one’s own data away', () => {
  it('holds what every room knows, purchases with their lines, and nothing of others', async () => {
    const till = await app.world.openTill();
    const { number, customerId, phone } = await app.world.activeCard(till);
    const stranger = await app.world.activeCard(till);
    await till.purchase({ card: number, sum: '1000.00' });
    await till.purchase({ card: stranger.number, sum: '777.00' });
    const visitor = await app.signInCustomer({ phone });
    await app.database.query(`delete from rate_limit where key like 'sms_%'`);
    const asked = await visitor.submit(EXPORT, {}, `${EXPORT}/codes`);
    const file = await visitor.submit(asked.headers.location ?? '', {
      code: await app.codeSentTo(phone),
      format: 'json',
    });
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="my-data-.+\.json"$/);
    const { parts } = JSON.parse(file.text) as File;
    expect(Object.keys(parts).sort()).toEqual(
      app
        .get(PersonalData)
        .parts.map(({ name }) => name)
        .sort(),
    );
    expect(parts['logins']).toEqual([expect.objectContaining({ phone })]);
    expect(parts['cards']).toEqual([expect.objectContaining({ number, state: 'active' })]);
    expect(parts['purchases']).toEqual([
      expect.objectContaining({ card: number, total: '1000.00', earned: '10.00', lines: [expect.anything()] }),
    ]);
    expect(parts['points']).toEqual([{ points: '10.00' }]);
    expect(parts['events']?.map(({ action }) => action)).toContain('customer.data_exported');
    expect(file.text).not.toContain(stranger.phone);
    expect(file.text).not.toContain('777.00');
    const secrets = parts['messages']?.filter(({ text }) => /\d{6}/.test(String(text)));
    expect(secrets).toEqual([]);
    const sids = await app.database.query<{ sid: string }>(
      `select sid from customer_session where sess->>'ownerId' = $1`,
      [customerId],
    );
    for (const { sid } of sids) expect(file.text).not.toContain(sid);
  });

  it('reads a long history bit by bit and to its end', async () => {
    const { customerId, phone } = await customerWithPassword(app);
    await app.database.query(
      `insert into audit_log (actor_kind, action, object_kind, object_id)
       select 'system', 'customer.edited', 'customer', $1 from generate_series(1, 1203)`,
      [customerId],
    );
    const visitor = await app.signInCustomer({ phone, password: PASSWORD });
    const { parts } = JSON.parse((await download(visitor, 'json')).text) as File;
    expect(parts['events']?.filter(({ action }) => action === 'customer.edited')).toHaveLength(1203);
  });

  it('is a page to read too, in which what was typed stays text', async () => {
    const { customerId, phone } = await customerWithPassword(app);
    await app.database.query(`update customer set surname = '<b>Ёж</b>' where id = $1`, [customerId]);
    const visitor = await app.signInCustomer({ phone, password: PASSWORD });
    const file = await download(visitor, 'html');
    expect(file.headers['content-type']).toContain('text/html');
    expect(file.headers['content-disposition']).toContain('attachment');
    expect(textOf(file)).toContain('Анкета');
    expect(textOf(file)).toContain('Задан пароль');
    expect(file.text).toContain('&#60;b&#62;Ёж');
    expect(file.text).not.toContain('<b>');
  });

  it('asks for the password or a code, and is given three times a day', async () => {
    const { phone } = await customerWithPassword(app);
    const visitor = await app.signInCustomer({ phone, password: PASSWORD });
    const refused = await download(visitor, 'json', 'не тот пароль');
    expect([refused.status, Object.keys(fieldErrors(refused))]).toEqual([422, ['password']]);
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await download(visitor, 'json')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('takes no code of somebody else, nor one twice', async () => {
    const [one, other] = [await customer(app), await customer(app)];
    const visitor = await app.signInCustomer({ phone: one.phone });
    const stranger = await app.signInCustomer({ phone: other.phone });
    await app.database.query(`delete from rate_limit where key like 'sms_%'`);
    const asked = await visitor.submit(EXPORT, {}, `${EXPORT}/codes`);
    const page = asked.headers.location ?? '';
    const code = await app.codeSentTo(one.phone);
    expect((await stranger.get(page)).status).toBe(404);
    const form = await visitor.get(page);
    expect((await visitor.submit(form, { code, format: 'json' })).status).toBe(200);
    expect((await visitor.submit(form, { code, format: 'json' })).status).toBe(422);
  });
});
