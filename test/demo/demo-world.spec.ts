import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { LedgerProof } from '../../src/ledger/ledger-proof.service.js';
import { PURCHASE_RULES } from '../../src/loyalty/purchase-proof.js';
import { expectBooksBalance } from '../support/books.js';
import { useDatabase } from '../support/database.js';
import { type ProductProcess, useProcesses } from '../support/process.js';
import { textOf, Visitor } from '../support/visitor.js';

const DAY_MS = 86_400_000;

describe('the demo', () => {
  // The process ends before its database does.
  const processes = useProcesses();
  const database = useDatabase();
  let product: ProductProcess;

  beforeAll(async () => {
    product = await processes.start({ databaseUrl: database.url, env: { DEMO: '1' } });
  }, 60_000);

  const world = async () => (await request(product.url).get('/dev/world.json').expect(200)).body;
  const count = async (table: string) =>
    Number((await database.query<{ count: string }>(`select count(*) from ${table}`))[0]?.count);

  it('gives its log-ins, keys and cards away', async () => {
    const { staff, customers, terminals, cards, ivrKey, sims } = await world();
    expect(staff.map(({ role }: { role: string }) => role)).toEqual(['admin', 'manager', 'operator', 'accountant']);
    expect(customers.length).toBeGreaterThanOrEqual(40);
    expect(customers[0]).toEqual({
      phone: expect.stringMatching(/^\+79/),
      password: expect.any(String),
      has: ['points', 'lines'],
    });
    expect(customers[1].has).toEqual(['points']);
    expect(terminals[0]).toEqual({ station: 'АЗС № 1', key: expect.stringMatching(/^sk_pos_/) });
    expect(cards.printed.length).toBeGreaterThanOrEqual(20);
    expect(cards.sold.length).toBeGreaterThanOrEqual(20);
    expect(cards.active.length).toBeGreaterThanOrEqual(20);
    expect(ivrKey).toMatch(/^sk_ivr_/);
    expect(sims[0]).toEqual({
      operator: expect.stringMatching(/^(megafon|mts|beeline|t2)$/),
      iccid: expect.stringMatching(/^897\d{16,17}$/),
      number: expect.stringMatching(/^\+79/),
      state: 'in_stock',
    });
    const inStock = sims.filter(
      ({ state, number }: { state: string; number: string }) => state === 'in_stock' && number,
    );
    expect(inStock.length).toBeGreaterThanOrEqual(20);
    expect(new Set(inStock.map(({ operator }: { operator: string }) => operator)).size).toBeGreaterThanOrEqual(4);
  });

  it('has tasks of operators in every state, for clerks and for files', async () => {
    const states = await database.query<{ state: string }>('select distinct state from operator_task order by state');
    expect(states.map(({ state }) => state)).toEqual(['called_off', 'done', 'refused', 'sent', 'waiting']);
    const [byFiles] = await database.query<{ state: string }>(
      `select state from operator_task where channel = 'files' and closed_at is null`,
    );
    expect(byFiles).toEqual({ state: 'waiting' });
    expect(await count('operator_file')).toBe(2);
    const handedOver = await database.query(
      `select from sim_order s where s.state = 'handed_over'
       and not exists (select from operator_task t where t.line_id = s.line_id and t.closed_at is null)`,
    );
    expect(handedOver).toEqual([]);
  });

  it('has applications in every state, and numbers that work', async () => {
    const states = await database.query<{ state: string }>('select distinct state from sim_order order by state');
    expect(states.map(({ state }) => state)).toEqual(
      [
        'new',
        'called',
        'agreed',
        'prepared',
        'in_delivery',
        'at_office',
        'handed_over',
        'active',
        'held',
        'cancelled',
        'refused',
      ].sort(),
    );
    const { customers } = await world();
    const customer = new Visitor(product.url);
    await customer.submit('/session/new', { phone: customers[0].phone, password: customers[0].password }, '/session');
    const lines = await customer.open('/cabinet/lines');
    expect(textOf(lines)).toContain('Работает');
    const [, line = ''] = /href="(\/cabinet\/lines\/[^"]+)"/.exec(lines.text) ?? [];
    expect(textOf(await customer.open(line))).toMatch(/Замена SIM-карты\s*отправлено в МегаФон .* готово/);
    expect(textOf(await customer.open('/cabinet/orders'))).toContain('Номер работает');
  });

  it('lets its people in', async () => {
    const { staff, customers } = await world();
    const { phone, password } = customers[0];
    const customer = new Visitor(product.url);
    expect((await customer.submit('/session/new', { phone, password }, '/session')).status).toBe(303);
    const desk = new Visitor(product.url);
    const [{ email, password: secret }] = staff;
    expect((await desk.submit('/admin/session/new', { email, password: secret }, '/admin/session')).status).toBe(303);
  });

  it('has books that balance', async () => {
    const proof = new LedgerProof();
    proof.add(PURCHASE_RULES);
    await expectBooksBalance(database, proof);
  });

  it('shows the fifty real tariffs as they stand in their sources, and makes nothing up', async () => {
    const source: Record<string, string>[] = parse(readFileSync('seeds/tariffs.csv'), { columns: true });
    const rows = await database.query<Record<string, string | number | string[] | null>>(
      `select t.slug, o.name as operator, v.name, coalesce(v.region, '') as region, v.audience, v.period,
              coalesce((v.price_kopecks / 100)::text, '') as price_rub, v.minutes_kind, v.minutes, v.traffic_kind,
              v.traffic_megabytes, v.sms_kind, v.sms, array_to_string(v.extras, '; ') as extras, v.conditions,
              coalesce(v.source_year::text, '') as year, v.source, v.source_quality as quality, v.origin,
              v.connection_fee_kopecks as fee, v.last_day, v.for_persons
       from tariff t join operator o on o.id = t.operator_id join tariff_version v on v.tariff_id = t.id
       where t.state = 'published'`,
    );
    expect(rows).toHaveLength(50);
    const amount = (cell: string, units: number): [string, number | null] => {
      if (cell === '') return ['unknown', null];
      return cell === 'unlimited' ? ['unlimited', null] : ['amount', Math.round(Number(cell) * units)];
    };
    for (const said of source) {
      const [minutesKind, minutes] = amount(said.minutes!, 1);
      const [trafficKind, megabytes] = amount(said.gigabytes!, 1000);
      const [smsKind, sms] = amount(said.sms!, 1);
      expect(rows.find(({ slug }) => slug === said.slug)).toEqual({
        ...{ slug: said.slug, operator: said.operator, name: said.name, audience: said.audience, period: said.period },
        ...{ region: said.region === 'регион не назван' ? '' : said.region, price_rub: said.price_rub },
        ...{ minutes_kind: minutesKind, minutes, traffic_kind: trafficKind, traffic_megabytes: megabytes },
        ...{ sms_kind: smsKind, sms, extras: said.extras, year: said.year, source: said.source, quality: said.quality },
        ...{ conditions: null, fee: null, last_day: null, for_persons: false, origin: 'demo' },
      });
    }
    const visitor = new Visitor(product.url);
    const list = textOf(await visitor.open('/tariffs'));
    expect(list).toMatch(/50 тарифов.*Это демонстрация/);
    expect(textOf(await visitor.open('/tariffs/ultra-399'))).toMatch(/Демо · 2026 год.*399 ₽.*не указано/);
  });

  it('tells half a year of history, with points that burn within a month', async () => {
    const [told] = await database.query(
      `select count(*)::int as purchases, min(occurred_at) < now() - interval '1 year' as long,
              count(*) filter (where redeemed_hundredths > 0)::int as redeemed, bool_and(occurred_at < now()) as past
       from purchase`,
    );
    expect(told).toMatchObject({ long: true, past: true });
    expect(told?.purchases).toBeGreaterThan(2000);
    expect(told?.redeemed).toBeGreaterThan(20);
    const [burning] = await database.query(
      `select count(distinct account_id)::int as accounts from lot_day d join customer c on c.points_account_id = d.account_id
       where expires_at < now() + interval '30 days'`,
    );
    expect(burning?.accounts).toBeGreaterThanOrEqual(5);
    const moves = await database.query(`select from transfer where kind = 'move'`);
    expect(moves.length).toBeGreaterThan(0);
  });

  it('has receipts claimed after the fact: one credited, one that was refunded, one that waits', async () => {
    const claims = await database.query(
      `select c.state, c.reason, p.earned_hundredths > 0 as earned from receipt_claim c
       left join purchase p on p.id = c.purchase_id order by c.claimed_at`,
    );
    expect(claims).toEqual([
      { state: 'credited', reason: null, earned: true },
      { state: 'refused', reason: 'refunded', earned: null },
      { state: 'waiting', reason: null, earned: null },
    ]);
    expect(await count('station_receipt')).toBe(6);
  });

  it('has sold cards without points, and some so full that possession is to be proved', async () => {
    const { cards } = await world();
    const rows = await database.query<{ number: string; balance: string }>(
      'select c.number, a.balance from card c join account a on a.id = c.account_id where c.number = any($1)',
      [cards.sold],
    );
    const points = new Map(rows.map(({ number, balance }) => [number, Number(balance)]));
    expect(cards.sold.slice(0, 10).map((number: string) => points.get(number))).toEqual(Array(10).fill(0));
    expect([...points.values()].some((balance) => balance > 10_000)).toBe(true);
  });

  it('shows a card among the sold ones once a till has sold it', async () => {
    const { cards, terminals } = await world();
    const [number] = cards.printed;
    await request(product.url)
      .post(`/api/pos/v1/cards/${number}/sale`)
      .set({ Authorization: `Bearer ${terminals[0].key}`, 'Idempotency-Key': 'sale' })
      .expect(201);
    const after = (await world()).cards;
    expect(after.printed).not.toContain(number);
    expect(after.sold).toContain(number);
  });

  it('stays as it is when started again', async () => {
    const before = { world: await world(), purchases: await count('purchase'), logins: await count('login') };
    await product.restart();
    expect({ world: await world(), purchases: await count('purchase'), logins: await count('login') }).toEqual(before);
  }, 60_000);

  describe('clock', () => {
    const advance = (body: unknown) =>
      request(product.url)
        .post('/dev/clock')
        .send(body as object);
    const now = async () => Date.parse((await request(product.url).get('/dev/clock').expect(200)).body.now);

    it('goes forward, and what becomes due is done', async () => {
      const before = await now();
      const answer = await advance({ advance: 'P30D' }).expect(200);
      expect(Date.parse(answer.body.now) - before).toBeGreaterThanOrEqual(30 * DAY_MS);
      expect(await now()).toBeGreaterThanOrEqual(before + 30 * DAY_MS);
      const due = await database.query('select from lot_day where expires_at <= $1', [new Date(before + 30 * DAY_MS)]);
      expect(due).toEqual([]);
      await expectBooksBalance(database);
    }, 60_000);

    it.each([{ advance: '-P1D' }, { advance: 'P6Y' }, { advance: 'soon' }, {}])('does not take %j', async (body) => {
      const answer = await advance(body).expect(400);
      expect(answer.type).toBe('application/problem+json');
      expect(answer.body).toMatchObject({ code: 'invalid_request', errors: [{ path: 'advance' }] });
    });

    it('is moved by no form and no other site', async () => {
      const before = await now();
      await request(product.url).post('/dev/clock').type('form').send({ advance: 'P1D' }).expect(415);
      await advance({ advance: 'P1D' }).set('Origin', 'https://elsewhere.example').expect(403);
      await advance({ advance: 'P1D' }).set('Sec-Fetch-Site', 'cross-site').expect(403);
      expect((await now()) - before).toBeLessThan(DAY_MS);
    });

    it('is moved by the buttons of the demo’s page', async () => {
      const before = await now();
      const visitor = new Visitor(product.url);
      const answer = await visitor.submit('/dev', { advance: 'P1D' }, '/dev');
      expect(textOf(await visitor.follow(answer))).toContain('Часы переведены');
      expect(await now()).toBeGreaterThanOrEqual(before + DAY_MS);
    });
  });
});

describe('an installation in earnest', () => {
  const processes = useProcesses();
  const database = useDatabase();

  it('has no world, no inbox and no clock to move', async () => {
    const product = await processes.start({ databaseUrl: database.url, env: { DEMO: '0' } });
    for (const path of ['/dev', '/dev/world.json', '/dev/clock', '/dev/inbox', '/dev/inbox.json']) {
      await request(product.url).get(path).expect(404);
    }
    await request(product.url).post('/dev/clock').send({ advance: 'P1D' }).expect(404);
    expect(await database.query('select from login')).toEqual([]);
  }, 60_000);
});
