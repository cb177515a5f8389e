import { useApp } from '../../support/app.js';
import { page, textOf, type Visitor } from '../../support/visitor.js';
import { csvOf, type Receipt, receiptAt, uploadAndImport } from './receipts.js';

describe('a station’s file of receipts', () => {
  const app = useApp();
  let manager: Visitor;
  let number: number;

  beforeAll(async () => {
    const { stationId } = await app.world.openStation();
    const [row] = await app.database.query<{ number: number }>('select number from station where id = $1', [stationId]);
    number = row!.number;
    await app.database.query(`insert into category_alias (station_id, code, category) values ($1, '42', 'fuel')`, [
      stationId,
    ]);
    manager = await app.signInStaff(await app.world.hire('manager'));
  });

  const receipt = (changes: Partial<Receipt> = {}) => receiptAt(app, number, changes);
  const check = (content: string | Buffer, name = 'receipts.csv') =>
    manager.upload('/admin/receipts', { name, content });
  const stored = async ({ i }: Receipt) => {
    const [row] = await app.database.query(
      `select kind, total_kopecks, printed_at::text, refunded_number, lines from station_receipt where fiscal_document = $1`,
      [i],
    );
    return row;
  };

  it('is only checked at first', async () => {
    const bought = receipt();
    const checked = await manager.follow(await check(csvOf([bought])));
    expect(textOf(checked)).toContain('Ошибок нет');
    expect(await stored(bought)).toBeUndefined();
    expect(textOf(await manager.follow(await manager.submit(checked, {}, /import$/)))).toContain(
      'Загружен 1 новый чек',
    );
    expect(await stored(bought)).toMatchObject({ kind: 'sale', total_kopecks: '125050' });
    // The second press of the button.
    const path = new URL(checked.request.url).pathname;
    expect((await manager.post(`${path}/import`, {})).status).toBe(403);
    const list = await manager.open('/admin/receipts');
    expect(textOf(list)).toContain('receipts.csv');
  });

  it('may come from Excel: semicolons, commas in sums, Russian dates, a mark of the byte order', async () => {
    const bought = receipt({ lines: '42:1000,00|tobacco:250,5' });
    const [date = '', time = ''] = bought.time.split('T');
    const russian = { ...bought, sum: '1250,5', time: `${date.split('-').reverse().join('.')} ${time}` };
    const names = Object.keys(russian) as (keyof Receipt)[];
    const rows = [names.join(';'), names.map((name) => russian[name]).join(';')];
    const checked = await manager.follow(await check(`\ufeff${rows.join('\r\n')}\r\n`));
    expect(textOf(checked)).toContain('Ошибок нет');
    await manager.submit(checked, {}, /import$/);
    expect(await stored(bought)).toMatchObject({
      ...{ total_kopecks: '125050', printed_at: bought.time.replace('T', ' ') },
      lines: [
        { category: 'fuel', sumKopecks: '100000' },
        { category: 'tobacco', sumKopecks: '25050' },
      ],
    });
  });

  it('may be JSON', async () => {
    const [sale, refund] = [receipt(), receipt({ n: '2' })];
    const rows = [
      { ...sale, station: number, n: 1, i: Number(sale.i), lines: [{ category: 'fuel', sum: '1250.50' }] },
      { ...refund, lines: undefined, refunded: sale.receipt },
    ];
    const checked = await manager.follow(await check(JSON.stringify(rows), 'receipts.json'));
    expect(textOf(checked)).toContain('Ошибок нет');
    await manager.submit(checked, {}, /import$/);
    expect(await stored(sale)).toMatchObject({ kind: 'sale', lines: [{ category: 'fuel', sumKopecks: '125050' }] });
    expect(await stored(refund)).toMatchObject({ kind: 'refund', refunded_number: sale.receipt });
  });

  it.each<[string, string | Buffer, string]>([
    ['nothing', '', 'нет строк'],
    ['a heading alone', csvOf([]), 'нет строк'],
    ['another encoding', Buffer.from([0xd7, 0xe5, 0xea, 0x0a]), 'не в UTF-8'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452ff', 'hex'), 'не в UTF-8'],
    ['other columns', 'a,b,c\n1,2,3', 'Нет столбцов: station, receipt'],
    ['a row too short', 'station,receipt,time,sum,fn,i,fp,n\n1,2\n', 'не читается, строка 2'],
    ['an open quote', 'station,receipt,time,sum,fn,i,fp,n\n1,"2,3,4,5,6,7,8\n', 'не читается'],
    ['half a JSON', '[{"station": 1', 'не читается'],
    ['a JSON that is no list', '{"station": 1}', 'нужен список'],
    ['an empty list', '[]', 'нет строк'],
    [
      'too many rows',
      `station,receipt,time,sum,fn,i,fp,n\n${'1,2,3,4,5,6,7,8\n'.repeat(10_001)}`,
      'больше 10000 строк',
    ],
  ])('is refused whole where it is %s', async (_what, content, words) => {
    const refused = await check(content);
    expect([refused.status, textOf(refused)]).toEqual([422, expect.stringContaining(words)]);
  });

  it.each<[string, Partial<Receipt>, string]>([
    ['an unknown station', { station: '99999' }, 'Станции с таким номером нет'],
    ['an unknown till', { terminal: 'Касса 9' }, 'Такой кассы на станции нет'],
    ['no number', { receipt: '' }, 'Номер чека'],
    ['a time that does not exist', { time: '2026-02-31T10:00:00' }, 'Время не читается'],
    ['a time that has not come', { time: '2099-01-01T10:00:00' }, 'ещё не наступило'],
    ['a sum of nothing', { sum: '0.00' }, 'Сумма'],
    ['a storage too short', { fn: '123' }, '16 цифр'],
    ['a document of letters', { i: 'abc' }, 'ФД'],
    ['a sign too long', { fp: '12345678901' }, 'ФП'],
    ['a buying up', { n: '3' }, '2 — возврат'],
    ['lines that do not add up', { lines: 'fuel:1.00' }, 'не дают итога'],
    ['lines nobody can read', { lines: 'fuel' }, 'не читаются'],
    ['an unknown category', { lines: 'beer:1250.50' }, 'Категория не из списка'],
  ])('names the row with %s, and takes the others', async (_what, changes, words) => {
    const [good, bad] = [receipt(), receipt(changes)];
    const checked = await manager.follow(await check(csvOf([good, bad])));
    const [row, , text] = page(checked)
      .querySelectorAll('tbody td')
      .map((cell) => cell.text);
    expect([row, text]).toEqual(['3', expect.stringContaining(words)]);
    await manager.submit(checked, {}, /import$/);
    expect(await stored(good)).toBeDefined();
  });

  it('has each receipt once, and may not change one that is known', async () => {
    const bought = receipt();
    const twice = await manager.follow(await check(csvOf([bought, bought])));
    expect(textOf(twice)).toContain('уже есть в файле');
    await manager.submit(twice, {}, /import$/);
    const changed = await manager.follow(await check(csvOf([{ ...bought, sum: '9.99' }])));
    expect(textOf(changed)).toContain('загружен с другими данными');
    expect(textOf(changed)).toContain('Загружать нечего');
    expect(await stored(bought)).toMatchObject({ total_kopecks: '125050' });
  });

  it('is imported once by two who press at the same moment', async () => {
    const bought = receipt();
    const checked = await manager.follow(await check(csvOf([bought])));
    const answers = await Promise.all([1, 2].map(() => manager.submit(checked, {}, /import$/)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  });

  it('may hold ten thousand receipts', async () => {
    const many = Array.from({ length: 10_000 }, () => receipt());
    expect(textOf(await uploadAndImport(manager, many))).toContain('Загружено 10000 новых чеков');
  });

  it('is read from administrators and managers only', async () => {
    const operator = await app.signInStaff(await app.world.hire('operator'));
    expect((await operator.get('/admin/receipts')).status).toBe(403);
    const stranger = app.visitor();
    expect((await stranger.get('/admin/receipts')).status).toBe(303);
    const large = await check('x'.repeat(11 * 1024 * 1024));
    expect([large.status, textOf(large)]).toEqual([
      413,
      expect.stringContaining('Файл слишком большой Уменьшите файл'),
    ]);
    expect(page(large).querySelector('.blank a.button')?.text).toBe('Вернуться к форме');
    const unsigned = await manager.upload('/admin/receipts', { name: 'a.csv', content: csvOf([]) }, { _csrf: 'wrong' });
    expect(unsigned.status).toBe(403);
    expect((await manager.submit('/admin/receipts', {}, '/admin/receipts')).status).toBe(422);
  });
});
