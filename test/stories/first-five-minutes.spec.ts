import request from 'supertest';
import { PURCHASE_RULES } from '../../src/loyalty/purchase-proof.js';
import { LedgerProof } from '../../src/ledger/ledger-proof.service.js';
import { expectBooksBalance } from '../support/books.js';
import { useDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { Pos } from '../support/pos.js';
import { type ProductProcess, useProcesses } from '../support/process.js';
import { textOf, Visitor } from '../support/visitor.js';

const PHONE = '+79219876543';

/** What the README promises to somebody who has nothing but the running demo: its addresses and what they answer. */
describe('the first five minutes with the demo', () => {
  const processes = useProcesses();
  const database = useDatabase();
  let product: ProductProcess;
  let till: Pos;
  let card: string;
  let visitor: Visitor;

  const get = async (path: string) => (await request(product.url).get(path).expect(200)).body;
  const home = async (): Promise<string> => textOf(await visitor.open('/cabinet'));

  beforeAll(async () => {
    product = await processes.start({ databaseUrl: database.url, env: { DEMO: '1' } });
  }, 90_000);

  it('sell a card and make a purchase', async () => {
    const { terminals, cards } = await get('/dev/world.json');
    const clock = Date.parse((await get('/dev/clock')).now as string);
    till = new Pos(product.url, terminals[0].key as string, () => new Date(clock));
    card = cards.printed.at(-1) as string;
    expect((await till.sale(card)).status).toBe(201);
    const { status, body } = await till.purchase({ card, sum: '4200.00' });
    expect([status, body.earned]).toEqual([201, '42.00']);
  });

  it('activate it in the browser with the code of the inbox, and see the points', async () => {
    visitor = new Visitor(product.url);
    const consents = { rulesConsent: 'on', personalDataConsent: 'on' };
    const person = { surname: 'Новикова', name: 'Анна', birthDate: '1985-02-28', sex: 'female' };
    const asked = await visitor.submit('/cards/activate', { card, phone: PHONE, ...person, ...consents });
    const code = await eventually(async () => {
      const [sms] = (await get(`/dev/inbox.json?to=${encodeURIComponent(PHONE)}`)) as { text: string }[];
      return /\b\d{6}\b/.exec(sms?.text ?? '')?.[0] ?? Promise.reject(new Error('no SMS yet'));
    });
    const done = await visitor.submit(await visitor.follow(asked), { code });
    expect(textOf(await visitor.follow(done))).toContain('42');
  });

  it('spend them at the till and watch the balance change', async () => {
    const { status, body } = await till.purchase({ card, sum: '1000.00', redeem: '40.00' });
    expect([status, body.toPay, body.balance.available]).toEqual([201, '960.00', '11.60']);
    expect(await home()).toContain('11,60');
  });

  it('let a year and a month pass, and watch the points burn', async () => {
    await request(product.url).post('/dev/clock').send({ advance: 'P13M' }).expect(200);
    expect((await till.card(card)).body.balance.available).toBe('0.00');
    const statement = textOf(await visitor.open('/cabinet/points?kind=burnt'));
    expect(statement).toContain('−11,60');
    const proof = new LedgerProof();
    proof.add(PURCHASE_RULES);
    await expectBooksBalance(database, proof);
  }, 120_000);
});
