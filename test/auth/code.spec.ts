import { OneTimeCodes } from '../../src/auth/codes/one-time-codes.service.js';
import { Database } from '../../src/infra/database/database.js';
import { useApp } from '../support/app.js';
import { fieldErrors, textOf, type Visitor } from '../support/visitor.js';
import { customer } from './people.js';
import { sameButForTokens } from './same.js';

const app = useApp();

/** Asks for a code on the log-in page; the page that waits for it. */
async function askForCode(visitor: Visitor, phone: string) {
  return visitor.submit('/session/new', { phone }, '/session/code');
}

const wrong = (code: string) => code.replace(/./g, (digit) => String((Number(digit) + 1) % 10));

describe('log-in with a code', () => {
  it('lets in with the code of the SMS, once', async () => {
    const { phone } = await customer(app);
    const visitor = app.visitor();
    const page = await visitor.follow(await askForCode(visitor, phone));
    const code = await app.codeSentTo(phone);
    const answer = await visitor.submit(page, { code: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect([answer.status, answer.headers.location]).toEqual([303, '/cabinet']);
    expect((await visitor.get('/cabinet/profile')).status).toBe(200);
    const again = await visitor.submit('/session/new', { phone }, '/session').catch(() => null);
    expect(again?.status).not.toBe(200);
    const used = await visitor.open(page.request.url.replace(app.url, ''));
    expect(textOf(used)).toContain('больше не действует');
  });

  it('sends one SMS of one segment that names the host', async () => {
    const { phone } = await customer(app);
    await askForCode(app.visitor(), phone);
    expect(await app.smsTo(phone)).toMatch(/^Код (\d{6})\. Никому не говорите\n\n@localhost #\1$/);
  });

  it('keeps no code once it is out', async () => {
    const { phone } = await customer(app);
    await askForCode(app.visitor(), phone);
    await app.smsTo(phone);
    const kept = await app.database.query('select body, state from message where recipient = $1', [phone]);
    expect(kept).toEqual([{ body: null, state: 'sent' }]);
  });

  it('is over after five tries, even for the right code', async () => {
    const { phone } = await customer(app);
    const visitor = app.visitor();
    let page = await visitor.follow(await askForCode(visitor, phone));
    const code = await app.codeSentTo(phone);
    for (const left of ['4 попытки', '3 попытки', '2 попытки', '1 попытка']) {
      page = await visitor.submit(page, { code: wrong(code) });
      expect(page.status).toBe(422);
      expect(fieldErrors(page)['code']).toContain(left);
    }
    const fifth = await visitor.submit(page, { code: wrong(code) });
    expect(textOf(fifth)).toContain('больше не действует');
    const right = await visitor.post(fifth.request.url.replace(app.url, ''), { code, _csrf: tokenOf(fifth.text) });
    expect(right.status).toBe(422);
    expect((await visitor.get('/cabinet/profile')).status).toBe(303);
  });

  it('is over after five minutes', async () => {
    const { phone } = await customer(app);
    const visitor = app.visitor();
    const page = await visitor.follow(await askForCode(visitor, phone));
    const code = await app.codeSentTo(phone);
    app.clock.advance({ minutes: 5, seconds: 1 });
    const late = await visitor.submit(page, { code });
    expect(late.status).toBe(422);
    expect(textOf(late)).toContain('больше не действует');
  });

  it('works in no other browser', async () => {
    const { phone } = await customer(app);
    const visitor = app.visitor();
    const page = await visitor.follow(await askForCode(visitor, phone));
    const code = await app.codeSentTo(phone);
    const thief = app.visitor();
    const address = page.request.url.replace(app.url, '');
    expect((await thief.get(address)).status).toBe(404);
    const own = await thief.get('/session/new');
    expect((await thief.post(address, { code, _csrf: tokenOf(own.text) })).status).toBe(404);
    expect((await visitor.submit(page, { code })).status).toBe(303);
  });

  it('is void once another was sent', async () => {
    const { phone } = await customer(app);
    const visitor = app.visitor();
    const first = await visitor.follow(await askForCode(visitor, phone));
    const old = await app.codeSentTo(phone);
    const soon = await visitor.submit(first, {}, /again$/);
    expect([soon.status, soon.headers['retry-after']]).toEqual([429, expect.stringMatching(/^(60|5\d)$/)]);
    await app.database.query(`update rate_limit set expire = 0 where key like 'sms_pause%'`);
    const second = await visitor.follow(await visitor.submit(first, {}, /again$/));
    expect((await visitor.submit(first, { code: old })).status).toBe(422);
    expect((await visitor.submit(second, { code: await app.codeSentTo(phone) })).status).toBe(303);
  });

  it('looks the same for a phone that nobody has, and nothing opens it', async () => {
    const { phone } = await customer(app);
    const unknown = app.world.newPhone();
    const seen = [];
    for (const each of [phone, unknown]) {
      const visitor = app.visitor();
      const asked = await askForCode(visitor, each);
      const page = await visitor.follow(asked);
      const refused = await visitor.submit(page, { code: '000000' });
      expect(refused.status).toBe(422);
      seen.push([page, refused].map((answer) => withoutIds(sameButForTokens(answer, each), each)));
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(await app.database.query('select from message where recipient = $1', [unknown])).toEqual([]);
  });

  it('takes ten tries a phone and hour at most', async () => {
    const { phone } = await customer(app);
    const statuses: number[] = [];
    for (let codes = 0; codes < 3; codes++) {
      await app.database.query(`update rate_limit set expire = 0 where key like 'sms_pause%'`);
      const visitor = app.visitor();
      const page = await visitor.follow(await askForCode(visitor, phone));
      const code = await app.codeSentTo(phone);
      for (let tries = 0; tries < 4; tries++) statuses.push((await visitor.submit(page, { code: wrong(code) })).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(422), 429, 429]);
  });

  it('goes out five times a phone and hour at most', async () => {
    const { phone } = await customer(app);
    const statuses: number[] = [];
    for (let count = 0; count < 6; count++) {
      await app.database.query(`update rate_limit set expire = 0 where key like 'sms_pause%'`);
      statuses.push((await askForCode(app.visitor(), phone)).status);
    }
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
  });

  it('is used up by one of two at the same moment', async () => {
    const codes = app.get(OneTimeCodes);
    const database = app.get(Database);
    const ask = { purpose: 'activation', phone: app.world.newPhone(), browser: 'b', language: 'ru' } as const;
    const id = await database.transaction((sql) => codes.issue(sql, ask));
    const spent = await Promise.allSettled([1, 2].map(() => database.transaction((sql) => codes.spend(sql, id))));
    expect(spent.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

function tokenOf(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}

/** Without what differs between two askings anyway: the code's id and the phone as people read it. */
function withoutIds(seen: object, phone: string): object {
  const digits = phone.slice(-4);
  const readable = new RegExp(`\\+7[^<]{4,9}-${digits.slice(0, 2)}-${digits.slice(2)}`, 'g');
  const text = (seen as { text: string }).text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
    .replaceAll(readable, 'phone');
  return { ...seen, text: text.replaceAll(/data-wait-seconds="\d+"/g, 'wait') };
}
