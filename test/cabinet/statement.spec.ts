import { useApp } from '../support/app.js';
import { buy, wordsOf } from './shopping.js';
import type { Pos } from '../support/pos.js';
import { page, type Visitor } from '../support/visitor.js';

const app = useApp();

interface Shopper {
  till: Pos;
  card: string;
  visitor: Visitor;
}

async function shopper(): Promise<Shopper> {
  const till = await app.world.openTill();
  const { number: card, phone } = await app.world.activeCard(till);
  return { till, card, visitor: await app.signInCustomer({ phone }) };
}

async function operationsOn(visitor: Visitor, path: string): Promise<string[]> {
  return page(await visitor.open(path))
    .querySelectorAll('a.feed__item')
    .map((item) => item.getAttribute('href') ?? '');
}

describe('the statement', () => {
  it('says what was bought, where, and how it was paid', async () => {
    const { till, card, visitor } = await shopper();
    await buy(till, {
      card,
      lines: [
        { category: 'fuel', sum: '35000.00', name: 'АИ-95', price: '70.00', quantity: '500.000' },
        { category: 'food', sum: '150.00', name: 'Кофе' },
      ],
    });
    await buy(till, { card, lines: [{ category: 'food', sum: '350.00', name: 'Круассан' }], redeem: 'max' });
    await buy(till, { card, lines: [{ category: 'goods', sum: '100.00' }], redeem: '1.50' });
    const statement = wordsOf(await visitor.open('/cabinet/points'));
    expect(statement).toContain('АИ-95, 500 л и кофе');
    expect(statement).toMatch(/АЗС № \d+ · 35 150 ₽ \+351,50/);
    expect(statement).toMatch(/Круассан АЗС № \d+ · оплачено баллами −350/);
    // 98.50 are paid with money and earn 0.98.
    expect(statement).toMatch(/Товары АЗС № \d+ · 98,50 ₽ и 1,50 балла −1,50 \+0,98/);
    expect(statement).toContain('Сегодня +0,98');
    expect(statement).toMatch(/Начислено \+352,48 Списано −351,50 Сгорело 0/);
  });

  it('shows a customer with points but nothing else what to do next, and one in debt what fills it', async () => {
    const { visitor } = await shopper();
    expect(wordsOf(await visitor.open('/cabinet'))).toContain('Покажите карту на кассе при следующей покупке');
    expect(wordsOf(await visitor.open('/cabinet/points'))).toContain('Здесь пока пусто');
    expect(wordsOf(await visitor.open('/cabinet/points/burning'))).toContain('Гореть пока нечему');
    expect(wordsOf(await visitor.open('/cabinet/points?kind=spent'))).toContain('Таких операций не было');
  });

  it('is read on by pages of whole days, each operation once', async () => {
    const { till, card, visitor } = await shopper();
    for (let day = 0; day < 18; day++) {
      for (const sum of ['100.00', '200.00', '300.00']) await buy(till, { card, sum });
      app.clock.shift({ days: 1 });
    }
    const first = await visitor.open('/cabinet/points');
    const older = page(first).querySelector('a[rel="next"]')?.getAttribute('href') ?? '';
    const second = await visitor.open(older);
    const days = (text: string): string[] => text.match(/\+6 /g) ?? [];
    expect(days(wordsOf(first)).length + days(wordsOf(second)).length).toBe(18);
    const all = [...(await operationsOn(visitor, '/cabinet/points')), ...(await operationsOn(visitor, older))];
    expect(new Set(all).size).toBe(54);
    expect(all).toHaveLength(54);
    expect(page(second).querySelector('a[rel="prev"]')?.getAttribute('href')).toBe('/cabinet/points');
  });

  it('shows as much of one very busy day as a page holds, and the rest on the next', async () => {
    const { till, card, visitor } = await shopper();
    for (let purchase = 0; purchase < 45; purchase++) await buy(till, { card, sum: '100.00' });
    const first = await visitor.open('/cabinet/points');
    const older = page(first).querySelector('a[rel="next"]')?.getAttribute('href') ?? '';
    const all = [...(await operationsOn(visitor, '/cabinet/points')), ...(await operationsOn(visitor, older))];
    expect(new Set(all).size).toBe(45);
  });

  it('is filtered by kind and days in the address; nonsense there changes nothing', async () => {
    const { till, card, visitor } = await shopper();
    await buy(till, { card, sum: '1000.00' });
    app.clock.shift({ days: 10 });
    await buy(till, { card, sum: '500.00', redeem: '2.00' });
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(app.clock.now());
    expect(await operationsOn(visitor, '/cabinet/points?kind=spent')).toHaveLength(1);
    expect(await operationsOn(visitor, '/cabinet/points?kind=earned')).toHaveLength(2);
    expect(await operationsOn(visitor, '/cabinet/points?kind=burnt')).toHaveLength(0);
    expect(await operationsOn(visitor, `/cabinet/points?from=${today}&to=${today}`)).toHaveLength(1);
    expect(await operationsOn(visitor, `/cabinet/points?to=${today}`)).toHaveLength(2);
    const nonsense = '/cabinet/points?kind=all%00&from=2026-02-31&to[]=x&after=bm8&from=a';
    expect(await operationsOn(visitor, nonsense)).toHaveLength(2);
    expect(await operationsOn(visitor, '/cabinet/points?from=0000-00-00&to=9999-99-99')).toHaveLength(2);
  });

  it('is downloaded as a table with the same operations', async () => {
    const { till, card, visitor } = await shopper();
    await buy(till, { card, lines: [{ category: 'food', sum: '1250.50', name: '=1+1' }] });
    const answer = await visitor.get('/cabinet/points/statement.csv?kind=earned');
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.headers['content-disposition']).toMatch(/attachment; filename="points-\d{4}-\d\d-\d\d\.csv"/);
    const [heading, row, ...rest] = answer.text.trimEnd().split('\r\n');
    expect(heading).toBe(
      '\ufeffДата и время;Операция;Где;Сумма чека, ₽;Начислено баллов;Списано баллов;Изменение баланса',
    );
    expect(row).toMatch(/^\d\d\.\d\d\.\d{4} \d\d:\d\d;'=1\+1;АЗС № \d+;1250,50;12,50;0,00;12,50$/);
    expect(rest).toEqual([]);
  });
});

describe('an operation', () => {
  it('has a passport: lines, rules, what paid, what is left and when it burns', async () => {
    const { till, card, visitor } = await shopper();
    await buy(till, { card, sum: '10000.00' });
    await buy(till, {
      card,
      lines: [
        { category: 'fuel', sum: '700.00', name: 'АИ-95', price: '70.00', quantity: '10.000' },
        { category: 'tobacco', sum: '200.00', name: 'Табак' },
      ],
      redeem: '70.00',
    });
    const [spent = '', earned = ''] = await operationsOn(visitor, '/cabinet/points');
    const text = wordsOf(await visitor.open(spent));
    expect(text).toContain('АИ-95 10 × 70 ₽ 700 ₽ баллами −70 ₽ +6,30');
    expect(text).toContain('Оплачено баллами −70 ₽ К оплате 830 ₽');
    expect(text).toContain('1 % от покупки +6,30 Всего начислено 6,30 балла Осталось из них 6,30');
    expect(text).toMatch(/Какими баллами оплачено Начислены \d+ \S+ действовали до \d+ \S+ \d{4} включительно 70$/);
    expect(wordsOf(await visitor.open(earned))).toContain('Всего начислено 100 баллов Осталось из них 30');
  });

  it('of a burning says which points burnt', async () => {
    const { till, card, visitor } = await shopper();
    await buy(till, { card, sum: '1000.00' });
    app.clock.shift({ years: 1, days: 2 });
    await app.runDue();
    const [burning = ''] = await operationsOn(visitor, '/cabinet/points?kind=burnt');
    expect(wordsOf(await visitor.open(burning))).toMatch(/Сгорели баллы −10 .* Какие баллы сгорели Начислены .* 10$/);
  });

  it('of somebody else is not found, nor is one that never was', async () => {
    const one = await shopper();
    const other = await shopper();
    await buy(one.till, { card: one.card, sum: '1000.00' });
    const [operation = ''] = await operationsOn(one.visitor, '/cabinet/points');
    expect((await one.visitor.get(operation)).status).toBe(200);
    expect((await other.visitor.get(operation)).status).toBe(404);
    for (const id of ['0190a000-0000-7000-8000-000000000000', 'nonsense', '1', "'; drop"]) {
      expect((await one.visitor.get(`/cabinet/points/${encodeURIComponent(id)}`)).status).toBe(404);
    }
  });
});

describe('the days on which points burn', () => {
  it('are summed by months and days, and next on the home page', async () => {
    const { till, card, visitor } = await shopper();
    app.clock.set('2028-01-10T12:00:00+03:00');
    await buy(till, { card, sum: '1000.00' });
    await buy(till, { card, sum: '500.00' });
    app.clock.set('2028-03-05T12:00:00+03:00');
    await buy(till, { card, sum: '200.00' });
    expect(wordsOf(await visitor.open('/cabinet'))).toContain('Потратьте 15 баллов до 10 января 2029 включительно');
    const burning = wordsOf(await visitor.open('/cabinet/points/burning'));
    expect(burning).toContain('Раньше всех сгорят 15 Ими можно платить до 10 января 2029 включительно');
    expect(burning).toMatch(
      /Январь 2029 15 до 10 января 2029 включительно 15 Март 2029 2 до 5 марта 2029 включительно 2/,
    );
  });
});

it('is closed to strangers', async () => {
  for (const path of ['/cabinet', '/cabinet/points', '/cabinet/points/burning', '/cabinet/points/statement.csv']) {
    const answer = await app.visitor().get(path);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toMatch(/^\/session\/new/);
  }
});
