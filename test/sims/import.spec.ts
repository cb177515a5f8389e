import { Purge } from '../../src/infra/schedule/purge.js';
import { luhnDigit } from '../../src/shared/luhn.js';
import { useApp } from '../support/app.js';
import { page, textOf, type Visitor } from '../support/visitor.js';
import { checkFile, newIccid, newNumber, openOffice, operatorId, receive } from './deliveries.js';

describe('a file of SIM cards', () => {
  const app = useApp();
  let manager: Visitor;
  let officeId: string;
  let fields: { operatorId: string; officeId: string };

  beforeAll(async () => {
    officeId = await openOffice(app, 'На Труда');
    fields = { operatorId: await operatorId(app), officeId };
    manager = await app.signInStaff(await app.world.hire('manager'));
  });

  type Page = Awaited<ReturnType<Visitor['follow']>>;
  const check = (content: string | Buffer, more: Record<string, string> = {}) =>
    checkFile(manager, content, { ...fields, ...more });
  const load = async (checked: Page, form: Record<string, string> = {}) => {
    const answer = await manager.submit(checked, form, /import$/);
    return answer.status === 303 ? manager.follow(answer) : answer;
  };
  const stored = async (iccid: string) => {
    const [row] = await app.database.query(
      `select s.iccid, s.number, s.number_kind, s.kind, s.tariff_name, s.region, s.party, s.price_kopecks, s.balance_kopecks,
              s.state, s.office_id, codes_sealed is not null as codes, lpa_sealed is not null as lpa
       from sim_card s where iccid = $1`,
      [iccid],
    );
    return row;
  };
  const count = async (table: string) => (await app.database.query(`select from ${table}`)).length;
  const wrongCheck = (iccid: string) => iccid.slice(0, -1) + String((Number(iccid.at(-1)) + 1) % 10);

  it('is only read at first, and brings nothing until somebody says so', async () => {
    const [iccid, number] = [newIccid(), newNumber()];
    const before = await count('sim_card');
    const checked = await check(
      `MSISDN;ICC;Регион;Тарифный план;Партия;Баланс\n${number};${iccid};Псков;Простой;Осень;100,50\n`,
    );
    expect(textOf(checked)).toContain('Готово к загрузке 1');
    expect(await count('sim_card')).toBe(before);
    expect(textOf(await load(checked))).toContain('Загружена 1 карта');
    expect(await stored(iccid)).toEqual({
      ...{ iccid, number, number_kind: 'static', kind: 'physical', tariff_name: 'Простой', region: 'Псков' },
      ...{ party: 'Осень', price_kopecks: null, balance_kopecks: '10050', state: 'in_stock', office_id: officeId },
      ...{ codes: false, lpa: false },
    });
    const again = await manager.post(new URL(checked.request.url).pathname + '/import', {});
    expect(again.status).toBe(403);
  });

  it.each([
    ['tabs', '\t'],
    ['semicolons', ';'],
    ['bars', '|'],
    ['commas', ','],
    ['colons', ':'],
    ['dots', '.'],
  ])('may be cut by %s, without a heading, its columns in any order', async (_name, separator) => {
    const [one, two] = [newIccid(), newIccid()];
    const rows = [one, two].map((iccid) => ['Псков', newNumber().slice(2), iccid, 'x'].join(separator));
    const checked = await check(rows.join('\r\n'));
    expect(textOf(checked)).toContain('Готово к загрузке 2');
    await load(checked);
    expect(await stored(two)).toMatchObject({ number: expect.stringMatching(/^\+79/), state: 'in_stock' });
  });

  it.each([
    ['the code page of Windows', (text: string) => Buffer.from([...text].map(windows1251))],
    ['UTF-16, as Excel’s «Unicode text»', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-8 with its mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ])('may come in %s', async (_name, encode) => {
    const iccid = newIccid();
    await load(await check(encode(`ICC\tТариф\n${iccid}\tЁлка\n`)));
    expect(await stored(iccid)).toMatchObject({ tariff_name: 'Ёлка', number: null, number_kind: 'dynamic' });
  });

  it('knows a card by its number, with the check digit, without it, in groups and with F', async () => {
    const spellings = [newIccid(), newIccid(), newIccid(), newIccid()];
    const [whole = '', bare = '', grouped = '', filled = ''] = spellings;
    const rows = [whole, bare.slice(0, -1), grouped.replace(/(\d{4})/g, '$1 '), `${filled}F`];
    expect(textOf(await load(await check(rows.join('\n'))))).toContain('Загружены 4 карты');
    for (const iccid of spellings) expect(await stored(iccid)).toMatchObject({ iccid });
    // The same four, all spelt otherwise.
    const again = await check([whole.slice(0, -1), `${bare}F`, grouped, filled.slice(0, -1)].join('\n'));
    expect(textOf(again)).toContain('С ошибками 4');
    expect(textOf(again)).toContain('Эта карта уже есть в остатках');
    expect(textOf(again)).toContain('Загружать нечего');
  });

  it('completes twenty digits where the operator’s cards have twenty', async () => {
    const iccid = newIccid('8970101', 20);
    await load(await check(iccid.slice(0, -1), { operatorId: await operatorId(app, 'mts') }));
    expect(await stored(iccid)).toMatchObject({ iccid });
  });

  it('asks about what is doubtful, and takes it with a reason alone', async () => {
    const [good, luhn, other] = [newIccid(), wrongCheck(newIccid()), newIccid('8970199')];
    const checked = await check([good, luhn, other].join('\n'), { party: 'Сомнения' });
    expect(textOf(checked)).toContain('Сомнительных 2');
    expect(textOf(checked)).toContain('Контрольная цифра не сходится');
    expect(textOf(checked)).toContain('не этого оператора');
    const unsaid = await load(checked, { override: 'on' });
    expect([unsaid.status, textOf(unsaid)]).toEqual([422, expect.stringContaining('Напишите причину')]);
    expect(await stored(good)).toBeUndefined();
    const loaded = await load(checked, { override: 'on', reason: 'сверили с пластиком' });
    expect(textOf(loaded)).toContain('сверили с пластиком');
    expect(await stored(luhn)).toMatchObject({ party: 'Сомнения' });
    expect(await stored(other)).toBeDefined();
  });

  it('leaves doubtful rows out where nobody vouches for them', async () => {
    const [good, luhn] = [newIccid(), wrongCheck(newIccid())];
    expect(textOf(await load(await check(`${good}\n${luhn}`)))).toContain('Загружена 1 карта');
    expect(await stored(luhn)).toBeUndefined();
  });

  const heading = 'ICC;Номер;Вид;Цена;PIN;PUK;LPA';
  const known = newNumber();
  it.each<[string, (iccid: string) => string, string]>([
    ['no ICCID', () => ';;;1;;;', 'Нет ICCID'],
    ['letters in it', () => 'ABC;;;;;;', 'не только цифры'],
    ['too few digits', () => '8970102;;;;;;', '18–20 цифр'],
    ['what a spreadsheet made of it', () => '8,97E+18;;;;;;', 'Таблица сократила число'],
    ['another kind of card', (iccid) => `49${iccid.slice(2)};;;;;;`, 'начинается с 89'],
    ['a number of a town', (iccid) => `${iccid};8125550101;;;;;`, 'Номер не читается'],
    ['a number that lives on another card', (iccid) => `${iccid};${known};;;;;`, 'уже есть на другой карте'],
    ['no price', (iccid) => `${iccid};;;дорого;;;`, 'Сумма не читается'],
    ['a PIN of letters', (iccid) => `${iccid};;;;12a4;;`, 'В PIN должно быть'],
    ['a PUK without its zeros', (iccid) => `${iccid};;;;1234;1234567;`, 'В PUK должно быть 8 цифр'],
    ['half an eSIM code', (iccid) => `${iccid};;;;;;LPA:1$x`, 'Код eSIM не читается'],
    ['an eSIM code on plastic', (iccid) => `${iccid};;SIM;;;;LPA:1$rsp.example.ru$K2`, 'а вид другой'],
  ])('names the row with %s, and takes the others', async (_what, row, words) => {
    await receive(app, 1, { sim: { number: known } });
    const [good, bad] = [newIccid(), newIccid()];
    const checked = await check(`${heading}\n${good};;;;;;\n${row(bad)}\n`);
    const [line, , text] = page(checked)
      .querySelectorAll('section[aria-labelledby="faults-title"] tbody td')
      .map((cell) => cell.text);
    expect([line, text]).toEqual(['3', expect.stringContaining(words)]);
    await load(checked);
    expect(await stored(good)).toBeDefined();
    expect(await stored(bad)).toBeUndefined();
  });

  it('has each card and each number once, and says in which line it was before', async () => {
    const [iccid, other, number] = [newIccid(), newIccid(), newNumber()];
    const checked = await check(`${iccid};${number}\n${iccid.slice(0, -1)};${newNumber()}\n${other};${number}`);
    expect(textOf(checked)).toContain('Та же карта — в строке 1');
    expect(textOf(checked)).toContain('Тот же номер — в строке 1');
    expect(textOf(checked)).toContain('Готово к загрузке 1');
  });

  it('is read as staff say, where the guess was wrong', async () => {
    const [iccid, number] = [newIccid(), newNumber()];
    const uploaded = await manager.follow(
      await manager.upload('/admin/sims/import', { name: 'а.txt', content: `${iccid};${number};1234` }, fields),
    );
    const none = await manager.submit(uploaded, { column0: '' }, /check$/);
    expect([none.status, textOf(none)]).toEqual([422, expect.stringContaining('Не выбран столбец с ICCID')]);
    const twice = await manager.submit(uploaded, { column2: 'number' }, /check$/);
    expect([twice.status, textOf(twice)]).toEqual([422, expect.stringContaining('Два столбца с одним и тем же')]);
    const price = await manager.submit(uploaded, { price: 'много' }, /check$/);
    expect([price.status, textOf(price)]).toEqual([422, expect.stringContaining('Введите цену')]);
    const told = { column1: '', column2: 'pin1', price: '250,50' };
    await load(await manager.follow(await manager.submit(uploaded, told, /check$/)));
    expect(await stored(iccid)).toMatchObject({ number: null, codes: true, price_kopecks: '25050' });
  });

  it('shows nothing secret on its page, and keeps nothing secret in clear', async () => {
    const [iccid, lpa] = [newIccid(), 'LPA:1$rsp.example.ru$SECRET-77'];
    const checked = await check(
      `ICC;PIN;PUK;LPA\n${iccid};5678;87654321;${lpa}\n${wrongCheck(newIccid())};5678;87654321;\n`,
    );
    for (const secret of [iccid, iccid.slice(-8), '87654321', 'SECRET-77']) expect(checked.text).not.toContain(secret);
    const [upload] = await app.database.query<{ kept: string }>(
      `select file_sealed::text || layout::text || faults::text as kept from sim_import order by uploaded_at desc, id desc limit 1`,
    );
    for (const secret of [iccid, 'SECRET-77', Buffer.from(iccid).toString('hex')]) {
      expect(upload?.kept).not.toContain(secret);
    }
    await load(checked);
    expect(await stored(iccid)).toMatchObject({ kind: 'esim', codes: true, lpa: true });
    expect(
      await app.database.query('select from sim_import where imported_at is not null and file_sealed is not null'),
    ).toEqual([]);
    expect(await app.database.query(`select from audit_log where facts::text like '%' || $1 || '%'`, [iccid])).toEqual(
      [],
    );
  });

  it.each<[string, string | Buffer, string]>([
    ['nothing', '', 'нет строк'],
    ['blanks', '\n\n\n', 'нет строк'],
    ['a workbook', Buffer.from('504b0304140000000800', 'hex'), 'не текстовый файл'],
  ])('is refused whole where it is %s', async (_what, content, words) => {
    const refused = await manager.upload('/admin/sims/import', { name: 'а.csv', content }, fields);
    expect([refused.status, textOf(refused)]).toEqual([422, expect.stringContaining(words)]);
  });

  it('is imported once by two who press at the same moment', async () => {
    const checked = await check(newIccid());
    const answers = await Promise.all([1, 2].map(() => manager.submit(checked, {}, /import$/)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  });

  it('brings what is still new when two files with the same card are imported', async () => {
    const [same, mine, theirs] = [newIccid(), newIccid(), newIccid()];
    const files = [await check(`${same}\n${mine}`), await check(`${same}\n${theirs}`)];
    const done = await Promise.all(files.map((file) => load(file)));
    const added = done.map((answer) => /Добавлено (\d)/.exec(textOf(answer))?.[1]).sort();
    expect(added).toEqual(['1', '2']);
  });

  it('is forgotten after a week where nobody imported it', async () => {
    const checked = await check(newIccid());
    app.clock.shift({ days: 8 });
    await app.get(Purge).forgetOld();
    expect((await manager.get(new URL(checked.request.url).pathname)).status).toBe(404);
  });

  it('may hold a hundred thousand cards', async () => {
    const rows = ['MSISDN;ICC;Регион;Тарифный план;PIN;PUK'];
    for (let i = 0; i < 100_000; i++) {
      const body = `8970102${String(50_000_000_000 + i).padStart(11, '0')}`;
      rows.push(`9${String(500_000_000 + i)};${body}${luhnDigit(body)};Псков;Простой;1234;12345678`);
    }
    // Not by the clock on the wall: other tests share the processor.
    const before = process.cpuUsage();
    const checked = await check(rows.join('\n'));
    expect(textOf(checked)).toContain('Готово к загрузке 100 000');
    expect(textOf(await load(checked))).toContain('Загружено 100000 карт');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(30);
  }, 180_000);

  it('is read from administrators and managers only', async () => {
    const operator = await app.signInStaff(await app.world.hire('operator'));
    expect((await operator.get('/admin/sims/import')).status).toBe(403);
    const unsigned = await manager.upload(
      '/admin/sims/import',
      { name: 'a.csv', content: newIccid() },
      { ...fields, _csrf: 'wrong' },
    );
    expect(unsigned.status).toBe(403);
    expect((await manager.submit('/admin/sims/import', fields, '/admin/sims/import')).status).toBe(422);
  });
});

/** Russian letters alone. */
function windows1251(letter: string): number {
  const code = letter.codePointAt(0)!;
  if (letter === 'Ё') return 0xa8;
  return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
}
