import { readFileSync } from 'node:fs';
import { TariffPublishing } from '../../src/tariffs/tariff-publishing.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { useApp } from '../support/app.js';
import { page, textOf, type Visitor } from '../support/visitor.js';
import { draftTariff, openTariff } from './tariffs.js';

const HEADING = 'operator,name,slug,audience,price_rub,period,minutes,gigabytes,sms';

describe('a file of tariffs', () => {
  const app = useApp();
  let manager: Visitor;

  beforeAll(async () => {
    manager = await app.signInStaff(await app.world.hire('manager'));
  });

  const upload = (...lines: string[]) => uploadText([HEADING, ...lines].join('\n'));
  const uploadText = (content: string | Buffer, name = 'tariffs.csv') =>
    manager.upload('/admin/tariffs/imports', { name, content });
  const check = async (...lines: string[]) => manager.follow(await upload(...lines));
  const take = async (checked: Awaited<ReturnType<typeof check>>, choice: 'publish' | 'draft') =>
    manager.submit(checked, { choice }, /import$/).then((answer) => answer);
  const priceOf = async (slug: string) =>
    page(await app.visitor().open(`/tariffs/${slug}`))
      .querySelector('.price')
      ?.text.replace(/\s+/g, ' ')
      .trim();
  const counts = (answer: Awaited<ReturnType<typeof check>>) =>
    page(answer)
      .querySelectorAll('.stat__figure')
      .map((figure) => Number(figure.text));

  it('is only checked at first, then published whole', async () => {
    await openTariff(app, 'imp-known', { name: 'Известный' });
    await openTariff(app, 'imp-same', { name: 'Тот же' });
    const checked = await check(
      'МТС,Известный,imp-known,phone,700,month,500,20,100',
      'mts,Тот же,imp-same,phone,600,month,500,20,100',
      'T2,Новый,imp-new,modem,,day,none,unlimited,',
    );
    expect(counts(checked)).toEqual([1, 1, 1, 0]);
    expect(textOf(checked)).toMatch(/Известный\s*Цена: 600 ₽ в месяц → 700 ₽ в месяц/);
    expect(await priceOf('imp-known')).toBe('600 ₽ в месяц');
    const done = await manager.follow(await take(checked, 'publish'));
    expect(textOf(done)).toContain('Загружено 2 тарифа');
    expect(await priceOf('imp-known')).toBe('700 ₽ в месяц');
    expect(await priceOf('imp-new')).toBe('Цена не указана');
    const [kept] = await app.database.query(
      `select rows, published from tariff_import order by uploaded_at desc, id desc limit 1`,
    );
    expect(kept).toEqual({ rows: null, published: true });
    // The second press of the button finds it done.
    const again = await take(checked, 'publish');
    expect([again.status, textOf(again).includes('Этот файл уже загружен')]).toEqual([409, true]);
  });

  it('may wait as drafts', async () => {
    const id = await openTariff(app, 'imp-wait');
    await take(await check('mts,Ждёт,imp-wait,phone,1,month,500,20,100'), 'draft');
    expect(await priceOf('imp-wait')).toBe('600 ₽ в месяц');
    expect(textOf(await manager.open(`/admin/tariffs/${id}`))).toMatch(/Черновик.*Цена: 600 ₽ в месяц → 1 ₽ в месяц/);
  });

  it('leaves alone what it has no columns for', async () => {
    await openTariff(app, 'imp-keeps', {
      conditions: 'Мелким шрифтом',
      connectionFeeKopecks: 25_000n,
      extras: ['музыка'],
    });
    await take(await check('mts,Обычный,imp-keeps,phone,1,month,500,20,100'), 'publish');
    const said = textOf(await app.visitor().open('/tariffs/imp-keeps'));
    expect(said).toMatch(/музыка.*Мелким шрифтом.*250 ₽/);
  });

  it('names every fault by its line and column, and takes the rest', async () => {
    await openTariff(app, 'imp-theirs', {}, 'megafon');
    await draftTariff(app, 'imp-drafted');
    const old = await openTariff(app, 'imp-old');
    await app.get(TariffPublishing).archiveTariff(old, SYSTEM);
    const checked = await check(
      'Волна,А,imp-a,phone,1,month,1,1,1',
      'mts,А,imp-b,phone,дорого,month,1,1,1',
      'mts,А,imp-theirs,phone,1,month,1,1,1',
      'mts,А,imp-drafted,phone,1,month,1,1,1',
      'mts,А,imp-old,phone,1,month,1,1,1',
      'mts,А,imp-good,phone,1,month,1,1,1',
      'mts,А,imp-good,phone,1,month,1,1,1',
    );
    expect(counts(checked)).toEqual([1, 0, 0, 6]);
    const faults = page(checked)
      .querySelectorAll('#faults-title ~ *, section tbody tr')
      .map((row) => row.querySelectorAll('td').map((cell) => cell.text.trim()))
      .filter((cells) => cells.length === 3 && /^\d+$/.test(cells[0]!));
    expect(faults.map(([line, column]) => [line, column])).toEqual([
      ...[
        ['2', 'operator'],
        ['3', 'price_rub'],
        ['4', 'slug'],
        ['5', 'slug'],
        ['6', 'slug'],
        ['8', 'slug'],
      ],
    ]);
    await take(checked, 'publish');
    expect(await priceOf('imp-good')).toBe('1 ₽ в месяц');
  });

  it('is refused whole where a tariff changed after the check', async () => {
    await openTariff(app, 'imp-moves');
    const line = 'mts,Обычный,imp-moves,phone,650,month,500,20,100';
    const [first, second] = [await check(line), await check(line, 'mts,Б,imp-beside,phone,1,month,1,1,1')];
    await take(first, 'publish');
    const late = await take(second, 'publish');
    expect([late.status, textOf(late).includes('Каталог изменился после проверки')]).toEqual([409, true]);
    expect((await app.visitor().open('/tariffs/imp-beside')).status).toBe(404);
  });

  it.each([
    ['', 'В файле нет тарифов'],
    ['operator;name\nmts;А', 'Добавьте: slug'],
    [`${HEADING},цвет\nmts,А,a,phone,1,month,1,1,1,синий`, 'Мы не знаем столбцов: цвет'],
    ['\u0000\u0001', 'столбц'],
  ])('that cannot be read is refused with what to do', async (content, said) => {
    const answer = await uploadText(content);
    expect(answer.status).toBe(422);
    expect(textOf(answer)).toContain(said);
  });

  it('comes back as it went out', async () => {
    const list = await manager.open('/admin/tariffs');
    const exported = await manager.submit(list, {}, '/admin/tariffs/exports');
    expect(exported.headers['content-disposition']).toContain('tariffs.csv');
    const checked = await manager.follow(await uploadText(exported.text));
    const [added, changed, unchanged, faulty] = counts(checked);
    expect([added, changed, faulty]).toEqual([0, 0, 0]);
    expect(unchanged).toBeGreaterThan(5);
    const audited = await app.database.query(`select from audit_log where action = 'tariff.exported'`);
    expect(audited).toHaveLength(1);
  });

  it('of the demo is one that the import takes', async () => {
    const form = { name: 'Безлимит', key: 'bezlimit', colour: '#7b2cff', position: '70' };
    await manager.submit('/admin/tariffs/operators', form, '/admin/tariffs/operators');
    const checked = await manager.follow(await uploadText(readFileSync('seeds/tariffs.csv')));
    expect(counts(checked)).toEqual([49, 0, 0, 1]);
    await take(checked, 'publish');
    expect(await priceOf('mts-ultra')).toBe('2 900 ₽ в месяц');
  });

  it('is staff’s alone', async () => {
    const operator = await app.signInStaff(await app.world.hire('operator'));
    expect((await operator.open('/admin/tariffs/imports')).status).toBe(403);
    const example = await manager.open('/admin/tariffs/imports/example.csv');
    expect(example.text).toContain('operator;name;slug');
  });
});
