import type { StaffRole } from '../../src/infra/web/viewer.js';
import { Database } from '../../src/infra/database/database.js';
import { daySums, stationSums, sumsOf } from '../../src/backoffice/reports/queries/activity.queries.js';
import { rulesIn } from '../../src/backoffice/reports/queries/rules.queries.js';
import type { Sql } from '../../src/infra/database/sql.js';
import { booksAt } from '../../src/backoffice/reports/queries/liability.queries.js';
import type { Pos } from '../support/pos.js';
import { useApp } from '../support/app.js';
import { page, textOf, type Visitor } from '../support/visitor.js';

/** Thousands of rows take a busy machine a while. */
const LONG = { statementTimeoutMs: 60_000 };

const app = useApp({ env: { POINTS_LIFETIME_MONTHS: '2' } });
const staff = new Map<StaffRole, Visitor>();
const as = (role: StaffRole): Visitor => staff.get(role)!;
let first: { stationId: string; till: Pos };
let card: string;
let june: string;
let second: { stationId: string; till: Pos };

/**
 * April: 1,000 ₽ at the first station earns 10 points, which burn on 11 June. May: 2,000 ₽ at the second earns 20.
 * June: 500 ₽ at the first, of which 6 points pay, so 494 ₽ earn 4.94.
 */
beforeAll(async () => {
  app.clock.set('2026-04-10T12:00:00');
  [first, second] = [await app.world.openStation(), await app.world.openStation()];
  const { number } = await app.world.activeCard(first.till);
  await first.till.purchase({ card: number, sum: '1000.00' });
  app.clock.set('2026-05-20T23:30:00');
  await second.till.purchase({ card: number, sum: '2000.00' });
  app.clock.set('2026-06-15T12:00:00');
  await app.world.activeCard(second.till);
  card = number;
  june = String((await first.till.purchase({ card, sum: '500.00', redeem: '6.00' })).body.id);
  for (const role of ['admin', 'manager', 'accountant', 'operator'] as const) {
    staff.set(role, await app.signInStaff(await app.world.hire(role)));
  }
});

function figures(answer: { text: string }): Record<string, string> {
  const stats = page(answer as never).querySelectorAll('.stat');
  return Object.fromEntries(
    stats.map((stat) => [stat.querySelector('.stat__name')!.text, plain(stat.querySelector('.stat__figure')!.text)]),
  );
}

/** The rows of each table, the sums row too. */
function tables(answer: { text: string }): string[][] {
  return page(answer as never)
    .querySelectorAll('section.report')
    .map((section) =>
      section.querySelectorAll('tbody tr, tfoot tr').map((row) =>
        row
          .querySelectorAll('th, td')
          .map((cell) => plain(cell.text))
          .join(' | '),
      ),
    );
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

async function download(visitor: Visitor, path: string, fields: Record<string, string>) {
  const shown = await visitor.open(path);
  const form = page(shown)
    .querySelectorAll('form[action*="/downloads"]')
    .find((candidate) => candidate.querySelector(`[value="${fields.section ?? fields.format}"]`))!;
  const token = form.querySelector('[name=_csrf]')!.getAttribute('value')!;
  return visitor.post(form.getAttribute('action')!, { _csrf: token, ...fields }, path);
}

describe('the liability', () => {
  it('is what may be spent, by the month in which it burns, and what the ledger says', async () => {
    const shown = await as('accountant').open('/admin/reports/liability');
    expect(figures(shown)).toEqual({
      'Можно потратить': '18,94',
      'В резерве на кассах': '0',
      'Долг клиентов': '0',
      'Обязательства всего': '18,94 ₽',
    });
    expect(tables(shown)).toEqual([
      ['Июль 2026 | 14 | 14 ₽ | 73,92 %', 'Август 2026 | 4,94 | 4,94 ₽ | 26,08 %', 'Итого | 18,94 | 18,94 ₽ | 100 %'],
    ]);
    const [balances] = await app.database.query(`select sum(balance) as sum from account where kind = 'points'`);
    expect(balances).toEqual({ sum: '1894' });
  });

  it('is known for the end of days that are over', async () => {
    const on = async (day: string) => tables(await as('admin').open(`/admin/reports/liability?day=${day}`))[0];
    expect(await on('2026-06-10')).toEqual([
      'Июнь 2026 | 10 | 10 ₽ | 33,33 %',
      'Июль 2026 | 20 | 20 ₽ | 66,67 %',
      'Итого | 30 | 30 ₽ | 100 %',
    ]);
    expect(await on('2026-06-11')).toEqual(['Июль 2026 | 20 | 20 ₽ | 100 %', 'Итого | 20 | 20 ₽ | 100 %']);
    expect(await on('2026-04-09')).toEqual([]);
    const books = await booksAt(app.get(Database), new Date('2026-06-11T00:00:00+03:00'));
    expect(books).toEqual({ outstanding: '3000', held: '0' });
  });
});

describe('points earned and spent', () => {
  it('are told by day and by station, beside as many days before', async () => {
    const shown = await as('manager').open('/admin/reports/activity?from=2026-05-20&to=2026-06-15');
    expect(figures(shown)).toEqual({
      Чеки: '2',
      'Сумма чеков': '2 500 ₽',
      'Начислено баллов': '24,94',
      'Списано баллов': '6',
      'Чеков со списанием': '50 %',
      'Сумма возвратов': '0 ₽',
      'За вычетом возвратов': '2 500 ₽',
    });
    const [days, stations] = tables(shown);
    expect(days).toHaveLength(28);
    expect([days![0], days![26], days![27]]).toEqual([
      '20 мая | 1 | 2 000 ₽ | 20 | 0 | 0 % | 0 | 0 ₽ | 0 | 0 | 2 000 ₽',
      '15 июня | 1 | 500 ₽ | 4,94 | 6 | 100 % | 0 | 0 ₽ | 0 | 0 | 500 ₽',
      'Итого | 2 | 2 500 ₽ | 24,94 | 6 | 50 % | 0 | 0 ₽ | 0 | 0 | 2 500 ₽',
    ]);
    expect(stations).toEqual([
      'АЗС № 2 | Псков | 1 | 2 000 ₽ | 20 | 0 | 0 % | 0 | 0 ₽ | 0 | 0 | 2 000 ₽',
      'АЗС № 1 | Псков | 1 | 500 ₽ | 4,94 | 6 | 100 % | 0 | 0 ₽ | 0 | 0 | 500 ₽',
      'Итого |  | 2 | 2 500 ₽ | 24,94 | 6 | 50 % | 0 | 0 ₽ | 0 | 0 | 2 500 ₽',
    ]);
  });

  it('compare with the period before', async () => {
    const shown = textOf(await as('manager').open('/admin/reports/activity?from=2026-05-31&to=2026-06-25'));
    expect(plain(shown)).toContain('Сумма чеков500 ₽−75 % было 2 000 ₽');
  });

  it('may be of one station', async () => {
    const path = `/admin/reports/activity?from=2026-04-01&to=2026-06-15&station=${first.stationId}`;
    expect(figures(await as('manager').open(path))).toMatchObject({ Чеки: '2', 'Сумма чеков': '1 500 ₽' });
  });

  it('and the cost of rules are read by the index of time, not from the whole table', async () => {
    const plans: string[] = [];
    const undone = app.get(Database).transaction(async (sql) => {
      await sql.query(
        `insert into purchase (id, terminal_id, station_id, card_number, account_id, receipt_number, receipt_at,
           occurred_at, state, total_kopecks, redeemed_hundredths, earned_hundredths)
         select gen_random_uuid(), terminal_id, station_id, card_number, account_id, 'old ' || n, receipt_at,
           timestamptz '2025-06-15' + n * interval '50 minutes', state, 0, 0, 0
         from (select * from purchase limit 1) one, generate_series(1, 10000) n`,
      );
      await sql.query('analyze purchase');
      const explained: Sql = {
        query: async (text, params) => {
          const plan = await sql.query<{ 'QUERY PLAN': string }>(`explain ${text}`, params);
          plans.push(plan.map((line) => line['QUERY PLAN']).join('\n'));
          return [];
        },
      };
      const month = { from: new Date('2026-05-15T00:00:00Z'), until: new Date('2026-06-14T00:00:00Z') };
      await sumsOf(explained, month, null);
      await daySums(explained, month, null, 'Europe/Moscow');
      await stationSums(explained, month, null);
      await rulesIn(explained, month);
      throw new Error('undone');
    }, LONG);
    await expect(undone).rejects.toThrow('undone');
    expect(plans).toHaveLength(4);
    for (const plan of plans) {
      expect(plan).toContain('purchase_occurred_idx');
      expect(plan).not.toMatch(/Seq Scan on purchase( p)?\b(?!_)/);
    }
  });
});

describe('the other reports', () => {
  it('tell what each rule cost', async () => {
    const shown = await as('manager').open('/admin/reports/rules?from=2026-04-01&to=2026-06-15');
    expect(figures(shown)).toMatchObject({ 'Начислено по правилам': '34,94', Стоимость: '34,94 ₽' });
    expect(tables(shown)).toEqual([
      ['1 % от покупки | base | 3 | 34,94 | 34,94 ₽ | 100 %', 'Итого |  |  | 34,94 | 34,94 ₽ | 100 %'],
      [
        'Апрель 2026 | 1 % от покупки | 1 | 10 | 10 ₽',
        'Май 2026 | 1 % от покупки | 1 | 20 | 20 ₽',
        'Июнь 2026 | 1 % от покупки | 1 | 4,94 | 4,94 ₽',
        'Итого |  |  | 34,94 | 34,94 ₽',
      ],
    ]);
  });

  it('tell what became of the points: issued less spent less burnt is what is left', async () => {
    const [cohorts, months] = tables(
      await as('accountant').open('/admin/reports/breakage?from=2026-04-01&to=2026-06-15'),
    );
    expect(cohorts).toEqual([
      'Апрель 2026 | 10 | 0 | 0 | 10 | 0 | 100 %',
      'Май 2026 | 20 | 6 | 0 | 0 | 14 | 0 %',
      'Июнь 2026 | 4,94 | 0 | 0 | 0 | 4,94 | 0 %',
      'Итого | 34,94 | 6 | 0 | 10 | 18,94 | 28,62 %',
    ]);
    expect(months).toEqual([
      'Апрель 2026 | 10 | 0 | 0 %',
      'Май 2026 | 20 | 0 | 0 %',
      'Июнь 2026 | 4,94 | 10 | 202,43 %',
      'Итого | 34,94 | 10 | 28,62 %',
    ]);
  });

  it('tell who buys, who sleeps and who joined', async () => {
    const shown = await as('admin').open('/admin/reports/members?from=2026-04-01&to=2026-06-15');
    expect(figures(shown)).toEqual({
      'Клиентов всего': '2',
      'Активны за 30 дней': '1',
      'Активны за 90 дней': '1',
      'Спят больше 90 дней': '0',
    });
    const [joining, funnel, groups] = tables(shown);
    expect(joining).toEqual([
      'Апрель 2026 | 1 | 1 | 0 | 0',
      'Май 2026 | 0 | 0 | 0 | 0',
      'Июнь 2026 | 1 | 1 | 0 | 0',
      'Итого | 2 | 2 | 0 | 0',
    ]);
    expect(funnel).toEqual(['Проданы | 2 | 100 %', 'Активированы | 2 | 100 %', 'Были покупки | 1 | 50 %']);
    expect(groups).toEqual([
      'Покупали за 30 дней | 1 | 50 %',
      'Покупали 31–90 дней назад | 0 | 0 %',
      'Спят: больше 90 дней без покупок | 0 | 0 %',
      'Ещё не покупали | 1 | 50 %',
    ]);
  });
});

describe('a period longer than a year', () => {
  it('is cut, and the page says so', async () => {
    const long = await as('manager').open('/admin/reports/activity?from=2020-01-01&to=2026-06-15');
    expect(textOf(long)).toContain('самое большее за 366 дней: показано с 15 июня 2025 по 15 июня');
    const asOf = await as('manager').open('/admin/reports/liability?day=2020-01-01');
    expect(textOf(asOf)).toContain('Прошлое известно за 366 дней: показано на 15 июня 2025');
    expect(textOf(await as('manager').open('/admin/reports/activity'))).not.toContain('самое большее');
  });
});

describe('downloads', () => {
  it('are CSV for each table, on record', async () => {
    const path = '/admin/reports/activity?from=2026-05-20&to=2026-06-15';
    const file = await download(as('manager'), path, { format: 'csv', section: 'byStation' });
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toBe(
      'attachment; filename="activity-byStation_2026-05-20_2026-06-15.csv"',
    );
    expect(file.text.split('\r\n').slice(1, 4)).toEqual([
      'АЗС № 2;Псков;1;2000,00;20,00;0,00;0,00;0;0,00;0,00;0,00;2000,00',
      'АЗС № 1;Псков;1;500,00;4,94;6,00;100,00;0;0,00;0,00;0,00;500,00',
      'Итого;;2;2500,00;24,94;6,00;50,00;0;0,00;0,00;0,00;2500,00',
    ]);
    const events = await app.database.query(
      `select facts, object_id from audit_log where action = 'report.downloaded' order by seq desc limit 1`,
    );
    expect(events).toEqual([
      {
        facts: { format: 'csv', section: 'byStation', from: '2026-05-20', to: '2026-06-15' },
        object_id: 'activity',
      },
    ]);
  });

  it('are a workbook of the whole report', async () => {
    const file = await download(as('accountant'), '/admin/reports/activity', { format: 'xlsx' });
    expect(file.headers['content-type']).toContain('spreadsheetml');
    expect(file.status).toBe(200);
  });

  it('are of a table and a format that exist', async () => {
    const path = '/admin/reports/liability';
    const visitor = as('admin');
    const token = page(await visitor.open(path))
      .querySelector('[name=_csrf]')!
      .getAttribute('value')!;
    const post = (fields: Record<string, string>) =>
      visitor.post('/admin/reports/liability/downloads', { _csrf: token, ...fields }, path);
    expect((await post({ format: 'csv', section: 'nothing' })).status).toBe(404);
    expect((await post({ format: 'exe' })).status).toBe(400);
    expect((await visitor.post('/admin/reports/nothing/downloads', { _csrf: token, format: 'csv' }, path)).status).toBe(
      404,
    );
  });
});

describe('refunds and holds', () => {
  it('are told on their day beside what was bought, and stand apart while they are held', async () => {
    // A fifth of the 494 ₽: 1.20 of the 6 points come back, 0.98 of the 4.94 earned go.
    expect((await first.till.refund(june, { sum: '98.80' })).status).toBe(201);
    expect((await first.till.hold({ card, sum: '100.00', redeem: '5.00' })).status).toBe(201);
    const path = (name: string) => `/admin/reports/${name}?from=2026-04-01&to=2026-06-15`;
    expect(figures(await as('admin').open('/admin/reports/liability'))).toEqual({
      'Можно потратить': '14,16',
      'В резерве на кассах': '5',
      'Долг клиентов': '0',
      'Обязательства всего': '19,16 ₽',
    });
    const [days, stations] = tables(await as('admin').open(`/admin/reports/activity?from=2026-06-15&to=2026-06-15`));
    expect(days![0]).toBe('15 июня | 1 | 500 ₽ | 4,94 | 6 | 100 % | 1 | 100 ₽ | 0,98 | 1,20 | 400 ₽');
    expect(stations![0]).toBe('АЗС № 1 | Псков | 1 | 500 ₽ | 4,94 | 6 | 100 % | 1 | 100 ₽ | 0,98 | 1,20 | 400 ₽');
    expect(figures(await as('admin').open(path('rules')))).toMatchObject({
      'Отозвано при возвратах': '0,98',
      Стоимость: '33,96 ₽',
    });
    expect(tables(await as('admin').open(path('breakage')))[0]).toEqual([
      'Апрель 2026 | 10 | 0 | 0 | 10 | 0 | 100 %',
      'Май 2026 | 20 | 4,80 | 0 | 0 | 15,20 | 0 %',
      'Июнь 2026 | 4,94 | 0 | 0,98 | 0 | 3,96 | 0 %',
      'Итого | 34,94 | 4,80 | 0,98 | 10 | 19,16 | 28,62 %',
    ]);
  });

  it('leave one set of figures of a day on all pages', async () => {
    const board = await as('accountant').open('/admin');
    const report = await as('accountant').open('/admin/reports/activity?from=2026-06-15&to=2026-06-15');
    const [today, told] = [figures(board), figures(report)];
    expect(today).toMatchObject({
      Покупки: told['Сумма чеков'],
      'Начислено баллов': told['Начислено баллов'],
      'Списано баллов': told['Списано баллов'],
      'Возвраты за день': told['Сумма возвратов'],
    });
    expect(plain(textOf(board))).toContain('1 возврат: отозвано 0,98, возвращено 1,20 баллов');
    const path = '/admin/reports/activity?from=2026-06-15&to=2026-06-15';
    const file = await download(as('accountant'), path, { format: 'csv', section: 'byDay' });
    expect(file.text.split('\r\n')[1]).toBe('15.06.2026;1;500,00;4,94;6,00;100,00;1;100,00;0,98;1,20;400,00');
  });

  it('leave the figures of past days as they were', async () => {
    const shown = await as('admin').open('/admin/reports/liability?day=2026-06-14');
    expect(figures(shown)).toMatchObject({ 'Можно потратить': '20', 'Обязательства всего': '20 ₽' });
  });

  it('make customers owe, which lessens the liability and not what others may spend', async () => {
    const { number } = await app.world.activeCard(second.till);
    const { body } = await second.till.purchase({ card: number, sum: '1000.00' });
    await second.till.purchase({ card: number, sum: '10.00', redeem: '10.00' });
    expect((await second.till.refund(String(body.id), { sum: '1000.00' })).status).toBe(201);
    expect(figures(await as('admin').open('/admin/reports/liability'))).toEqual({
      'Можно потратить': '14,16',
      'В резерве на кассах': '5',
      'Долг клиентов': '10',
      'Обязательства всего': '9,16 ₽',
    });
  });

  it('leave sales of a day without purchases at nothing, not below', async () => {
    app.clock.set('2026-06-16T12:00:00');
    expect((await first.till.refund(june, { sum: '98.80' })).status).toBe(201);
    const [days] = tables(await as('admin').open('/admin/reports/activity?from=2026-06-16&to=2026-06-16'));
    expect(days![0]).toMatch(/^16 июня \| 0 \| 0 ₽ \| 0 \| 0 \| . \| 1 \| 100 ₽ \|.* \| −100 ₽$/);
    expect(figures(await as('admin').open('/admin'))).toMatchObject({ Покупки: '0 ₽', 'Возвраты за день': '100 ₽' });
  });
});
