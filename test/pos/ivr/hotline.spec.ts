import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { IvrKeys } from '../../../src/auth/api-keys/ivr-keys.service.js';
import { SYSTEM } from '../../../src/shared/actor.js';
import { useApp } from '../../support/app.js';
import type { Pos } from '../../support/pos.js';
import { page, textOf } from '../../support/visitor.js';

describe('the hotline', () => {
  const app = useApp();
  let till: Pos;
  let key: string;

  beforeAll(async () => {
    till = await app.world.openTill();
    ({ key } = await app.get(IvrKeys).issue(SYSTEM));
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(
      request(app.url)
        .post(`/api/ivr/v1${path}`)
        .set({ Authorization: `Bearer ${key}`, ...headers })
        .send(body as object),
    );
  const balance = (phone: string, card: string) => post('/balance', { phone, card });
  const block = (phone: string, card: string, idempotencyKey: string = randomUUID()) =>
    post(`/cards/${card}/block`, { phone }, { 'Idempotency-Key': idempotencyKey });

  const problem = (answer: Response) => {
    expect(answer.headers['content-type']).toContain('application/problem+json');
    return { status: answer.status, code: (answer.body as { code: string }).code };
  };

  it('tells the owner the balance, in figures and in a sentence', async () => {
    const { number, phone } = await app.world.activeCard(till);
    await till.purchase({ card: number, sum: '1250.00' });
    const answer = await balance(phone, number);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ balance: '12.50', expiring: [{ points: '12.50' }] });
    expect((answer.body as { speech: string }).speech).toMatch(
      /^На вашей карте 12,50 балла\. До .+ включительно нужно потратить 12,50 балла, потом они сгорят\.$/,
    );
    expect((await balance(phone.replace('+7', '8'), number)).status).toBe(200);
  });

  it('knows nothing of a card that is not the caller’s, not activated, or not there', async () => {
    const { number } = await app.world.activeCard(till);
    const sold = await app.world.sellCard(till);
    const answers = await Promise.all(
      [number, sold, '2990000000000', 'abc'].map((card) => balance(app.world.newPhone(), card)),
    );
    expect(answers.map(problem)).toEqual(Array(4).fill({ status: 404, code: 'card_not_found' }));
    expect(problem(await block(app.world.newPhone(), number))).toEqual({ status: 404, code: 'card_not_found' });
  });

  it('blocks the card once, and repeats its answer byte for byte', async () => {
    const { number, phone } = await app.world.activeCard(till);
    const first = await block(phone, number, 'once');
    expect({ status: first.status, body: first.body as unknown }).toMatchObject({
      ...{ status: 200, body: { number, state: 'blocked' } },
    });
    const again = await block(phone, number, 'once');
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect((await till.card(number)).body).toMatchObject({ state: 'blocked' });
    expect((await till.purchase({ card: number })).body).toMatchObject({ code: 'card_blocked' });
    expect((await block(phone, number)).status).toBe(200);
    const audited = await app.database.query(
      `select 1 from audit_log where action = 'card.blocked' and object_id = $1`,
      [number],
    );
    expect(audited).toHaveLength(1);
  });

  it('blocks once for calls that come together', async () => {
    const { number, phone } = await app.world.activeCard(till);
    const answers = await Promise.all(Array.from({ length: 4 }, () => block(phone, number, 'together')));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true')).toHaveLength(3);
  });

  it('binds a key to what it was used for, keeps refusals and asks for the key', async () => {
    const [one, other] = [await app.world.activeCard(till), await app.world.activeCard(till)];
    await block(one.phone, one.number, 'bound');
    expect(problem(await block(other.phone, other.number, 'bound'))).toEqual({
      ...{ status: 422, code: 'idempotency_key_reused' },
    });
    const nonsense = await post(`/cards/${one.number}/block`, { phone: 1 }, { 'Idempotency-Key': 'bound' });
    expect(problem(nonsense).status).toBe(422);
    expect(problem(await block('', one.number)).status).toBe(400);
    expect(problem(await block(one.phone, other.number, 'refused')).status).toBe(404);
    expect((await block(one.phone, other.number, 'refused')).headers['idempotent-replayed']).toBe('true');
    expect(problem(await post(`/cards/${one.number}/block`, { phone: one.phone }))).toEqual({
      ...{ status: 400, code: 'idempotency_key_required' },
    });
  });

  it('says which key does not fit, and what cannot be read', async () => {
    const call = (key: string, body: string) =>
      fetch(`${app.url}/api/ivr/v1/balance`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body,
      });
    expect(await (await call('wrong', '{}')).json()).toMatchObject({
      ...{ status: 401, code: 'unauthorized', title: 'Ключ телефонной линии не подходит' },
    });
    const unread = (await (await call(key, '{')).json()) as Record<string, unknown>;
    expect(unread).toMatchObject({ status: 400, code: 'invalid_request', title: 'Запрос не читается' });
    expect(unread).not.toHaveProperty('errors');
    expect(unread['detail']).not.toContain('errors');
    expect(unread).not.toHaveProperty('wording');
  });

  it('refuses a card that was replaced', async () => {
    const { number, phone } = await app.world.activeCard(till);
    await app.database.query(`update card set state = 'replaced' where number = $1`, [number]);
    expect(problem(await block(phone, number))).toEqual({ status: 409, code: 'card_blocked' });
  });

  it.each([
    ['no body', undefined],
    ['no card', { phone: '+79211234567' }],
    ['no phone', { card: '2990000000000' }],
    ['a number instead of text', { phone: 79211234567, card: '2990000000000' }],
    ['a list', []],
  ])('refuses %s', async (_name, body) => {
    expect(problem(await post('/balance', body))).toEqual({ status: 400, code: 'invalid_request' });
  });

  it('opens to its own kind of key only', async () => {
    const other = await app.world.openTill();
    for (const authorization of [`Bearer ${other.terminalKey}`, 'Bearer nonsense', '']) {
      const answer = await post('/balance', {}, { Authorization: authorization });
      expect(problem(answer)).toEqual({ status: 401, code: 'unauthorized' });
    }
    expect((await app.pos(key).card('2990000000000')).status).toBe(401);
    expect(problem(await post('/nothing', {}))).toMatchObject({ status: 404 });
  });

  it('stops a caller who tries one number after another, even at the right one', async () => {
    const { number, phone } = await app.world.activeCard(till);
    for (let tries = 0; tries < 5; tries++) {
      expect((await balance(phone, `299000000000${tries}`)).status).toBe(404);
    }
    const refused = await balance(phone.replace('+7', '8'), number);
    expect(problem(refused)).toEqual({ status: 429, code: 'rate_limited' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(problem(await block(phone, number)).status).toBe(429);
  });

  it('has keys that an administrator issues and revokes', async () => {
    const admin = await app.signInStaff(await app.world.hire('admin'));
    const issued = await admin.submit('/admin/settings/ivr', {}, '/admin/settings/ivr/keys');
    expect(issued.status).toBe(201);
    const fresh = page(issued).querySelector('#key')!.getAttribute('value')!;
    const bearer = { Authorization: `Bearer ${fresh}` };
    expect((await post('/balance', { phone: app.world.newPhone(), card: '1' }, bearer)).status).toBe(404);
    const list = await admin.open('/admin/settings/ivr');
    expect(textOf(list)).not.toContain(fresh);
    expect((await admin.post('/admin/settings/ivr/keys', {})).status).toBe(403);
    // The newest stands first.
    expect((await admin.submit(list, {}, /revocation$/)).status).toBe(303);
    expect((await post('/balance', { phone: app.world.newPhone(), card: '1' }, bearer)).status).toBe(401);
    const manager = await app.signInStaff(await app.world.hire('manager'));
    expect((await manager.get('/admin/settings/ivr')).status).toBe(403);
  });

  it('is documented beside the tills', async () => {
    const { body } = await request(app.url).get('/api/openapi.json');
    expect(Object.keys((body as { paths: object }).paths)).toEqual(
      expect.arrayContaining(['/api/ivr/v1/balance', '/api/ivr/v1/cards/{number}/block']),
    );
  });
});
