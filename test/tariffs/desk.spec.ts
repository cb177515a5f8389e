import { Operators } from '../../src/tariffs/operators.service.js';
import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';
import { changeTariff, draftTariff, openTariff, operatorId } from './tariffs.js';

describe('the desk of tariffs', () => {
  const app = useApp();
  let manager: Visitor;
  let operator: Visitor;

  beforeAll(async () => {
    manager = await app.signInStaff(await app.world.hire('manager'));
    operator = await app.signInStaff(await app.world.hire('operator'));
  });

  const typed = (changes: Record<string, string | undefined> = {}) => ({
    ...{ name: 'Супер', audience: 'phone', price: '649,90', period: 'month', trafficKind: 'amount', gigabytes: '20' },
    ...{ minutesKind: 'unlimited', smsKind: 'unknown', extras: 'мессенджеры\nмузыка', ...changes },
  });
  const draftNew = async (slug: string, changes: Record<string, string | undefined> = {}) =>
    manager.submit(
      '/admin/tariffs/new',
      { operatorId: await operatorId(app), slug, ...typed(changes) },
      '/admin/tariffs',
    );
  const publish = (path: string, fields: Record<string, string> = {}) => manager.submit(path, fields, /publication$/);
  const audited = async (action: string) =>
    app.database.query('select facts from audit_log where action = $1', [action]);
  const onSite = async (slug: string) => textOf(await app.visitor().open(`/tariffs/${slug}`));

  it('writes a draft that only staff see, and publishes it', async () => {
    const saved = await draftNew('mts-desk');
    const path = String(saved.headers.location);
    const shown = await manager.follow(saved);
    expect(textOf(shown)).toMatch(/Черновик сохранён.*649,90 ₽ в месяц.*безлимит.*20 ГБ/);
    expect((await app.visitor().open('/tariffs/mts-desk')).status).toBe(404);
    const preview = await manager.open(`${path}/preview`);
    expect(textOf(preview)).toMatch(/Так тариф увидят клиенты.*Супер.*649,90 ₽ в месяц/);
    expect(page(preview).querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
    expect(textOf(await manager.follow(await publish(path)))).toContain('Тариф опубликован');
    expect(await onSite('mts-desk')).toMatch(/649,90 ₽ в месяц.*мессенджеры.*музыка/);
    expect(await audited('tariff.published')).toHaveLength(1);
  });

  it('comes into force on a day that there is, within two years', async () => {
    const path = String((await draftNew('mts-someday')).headers.location);
    for (const [day, said] of [
      ['2027-02-30', 'Введите дату'],
      ['2028-12-01', 'слишком далеко'],
    ] as const) {
      const answer = await publish(path, { when: 'later', day });
      expect([answer.status, fieldErrors(answer)['day']]).toEqual([422, expect.stringContaining(said)]);
    }
  });

  it.each([
    [{ name: '' }, 'name', 'Заполните'],
    [{ price: 'много' }, 'price', 'сумму в рублях'],
    [{ price: '1,005' }, 'price', 'сумму в рублях'],
    [{ gigabytes: '' }, 'gigabytes', 'число больше нуля'],
    [{ gigabytes: '0' }, 'gigabytes', 'число больше нуля'],
    [{ minutesKind: 'amount', minutes: 'x' }, 'minutes', 'число больше нуля'],
    [{ lastDay: '2026-02-31' }, 'lastDay', 'дату'],
    [{ sourceYear: '26' }, 'sourceYear', 'год'],
    [{ extras: 'а\n'.repeat(21) }, 'extras', 'двадцати'],
  ])('says at the field what is wrong with %j', async (changes, field, said) => {
    const answer = await draftNew('mts-wrong', changes);
    expect(answer.status).toBe(422);
    expect(fieldErrors(answer)[field]).toContain(said);
    expect(page(answer).querySelector('#slug')?.getAttribute('value')).toBe('mts-wrong');
  });

  it.each([
    ['МТС Супер', 'Латинские буквы'],
    ['compare', 'Латинские буквы'],
    ['mts-taken', 'уже есть тариф'],
  ])('takes no address like %s', async (slug, said) => {
    if (slug === 'mts-taken') await draftTariff(app, slug);
    expect(fieldErrors(await draftNew(slug))['slug']).toContain(said);
  });

  it('changes a tariff by a new version, which says what it changed', async () => {
    const id = await openTariff(app, 'mts-change', { name: 'Меняется' });
    const path = `/admin/tariffs/${id}`;
    const saved = await manager.submit(`${path}/draft`, { price: '700', smsKind: 'unlimited' }, `${path}/draft`);
    const shown = textOf(await manager.follow(saved));
    expect(shown).toMatch(/Цена: 600 ₽ в месяц → 700 ₽ в месяц/);
    expect(shown).toMatch(/SMS: 100 SMS → безлимит/);
    expect(await onSite('mts-change')).toContain('600 ₽ в месяц');
    await publish(path);
    expect(await onSite('mts-change')).toContain('700 ₽ в месяц');
    // Whoever took the first version keeps it.
    const versions = await app.database.query(
      'select number, price_kopecks from tariff_version where tariff_id = $1 order by number',
      [id],
    );
    expect(versions).toEqual([
      { number: 1, price_kopecks: '60000' },
      { number: 2, price_kopecks: '70000' },
    ]);
    expect(textOf(await manager.open(`${path}/preview?version=1`))).toContain('600 ₽ в месяц');
  });

  it('publishes from a day on, and withdraws what has not begun', async () => {
    const id = await openTariff(app, 'mts-dated');
    const path = `/admin/tariffs/${id}`;
    await manager.submit(`${path}/draft`, { price: '800' }, `${path}/draft`);
    const day = (days: number) => new Date(app.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const late = await publish(path, { when: 'later', day: day(0) });
    expect([late.status, fieldErrors(late)['day']]).toEqual([422, expect.stringContaining('Этот день уже наступил')]);
    expect((await publish(path, { when: 'later', day: '' })).status).toBe(422);
    await publish(path, { when: 'later', day: day(3) });
    expect(await onSite('mts-dated')).toContain('600 ₽ в месяц');
    expect(textOf(await manager.open(path))).toMatch(/версия 2/);
    expect(textOf(await manager.open('/admin/tariffs?state=ahead'))).toContain('Обычный');
    await manager.submit(path, {}, /withdrawal$/);
    app.clock.shift({ days: 4 });
    expect(await onSite('mts-dated')).toContain('600 ₽ в месяц');
    expect(textOf(await manager.open(path))).toContain('отозвана');
  });

  it('tells the second of two people that the draft is another one now', async () => {
    const id = await openTariff(app, 'mts-race');
    const path = `/admin/tariffs/${id}`;
    const [mine, theirs] = [await manager.open(`${path}/draft`), await manager.open(`${path}/draft`)];
    expect((await manager.submit(theirs, { price: '1' }, `${path}/draft`)).status).toBe(303);
    const late = await manager.submit(mine, { price: '2' }, `${path}/draft`);
    expect(late.status).toBe(409);
    expect(textOf(late)).toContain('Черновик изменился');
    expect(page(late).querySelector('#price')?.getAttribute('value')).toBe('2');
    const stale = await manager.post(`${path}/publication`, { _csrf: tokenOf(late), revision: '7', when: 'now' }, path);
    expect(stale.status).toBe(409);
  });

  it('throws a draft away, and a tariff that was nothing else', async () => {
    const id = await openTariff(app, 'mts-discard');
    await manager.submit(`/admin/tariffs/${id}/draft`, { price: '5' }, `/admin/tariffs/${id}/draft`);
    const left = await manager.submit(`/admin/tariffs/${id}`, {}, /removal$/);
    expect(left.headers.location).toBe(`/admin/tariffs/${id}`);
    const only = await draftTariff(app, 'mts-never');
    const gone = await manager.submit(`/admin/tariffs/${only}`, {}, /removal$/);
    expect(gone.headers.location).toBe('/admin/tariffs');
    expect((await manager.open(`/admin/tariffs/${only}`)).status).toBe(404);
  });

  it('does not publish what would be over before it begins', async () => {
    const id = await draftTariff(app, 'mts-over', { lastDay: '2020-01-01' });
    const answer = await publish(`/admin/tariffs/${id}`);
    expect(answer.status).toBe(409);
    expect(textOf(answer)).toContain('Срок подключения уже вышел');
  });

  it('closes a tariff to new customers and opens it again', async () => {
    const id = await openTariff(app, 'mts-close', { name: 'Закрываемый' });
    const path = `/admin/tariffs/${id}`;
    expect(textOf(await manager.follow(await manager.submit(path, {}, /closure$/)))).toContain('В архиве');
    expect((await manager.open(`${path}/draft`)).status).toBe(409);
    expect(textOf(await manager.open('/admin/tariffs?state=archived'))).toContain('Закрываемый');
    await manager.submit(path, {}, /reopening$/);
    expect((await app.visitor().open('/tariffs/mts-close')).text).not.toContain('noindex');
  });

  it('warns that a version to come knows nothing of the draft', async () => {
    const id = await openTariff(app, 'mts-warn');
    await changeTariff(app, id, { priceKopecks: 1n }, new Date(app.clock.now().getTime() + 86_400_000));
    await manager.submit(`/admin/tariffs/${id}/draft`, { price: '5' }, `/admin/tariffs/${id}/draft`);
    expect(textOf(await manager.open(`/admin/tariffs/${id}`))).toContain('сами не попадут');
  });

  it('lets other members of staff read, and not write', async () => {
    const id = await openTariff(app, 'mts-read');
    const answer = await operator.open(`/admin/tariffs/${id}`);
    expect([answer.status, answer.text.includes('method="post" action="/admin/tariffs')]).toEqual([200, false]);
    expect((await operator.open(`/admin/tariffs/${id}/preview`)).status).toBe(200);
    expect((await operator.open(`/admin/tariffs/${id}/draft`)).status).toBe(403);
    const refused = await operator.post(`/admin/tariffs/${id}/closure`, { _csrf: tokenOf(answer) }, '/admin/tariffs');
    expect(refused.status).toBe(403);
  });

  it('takes no form without its token', async () => {
    const id = await openTariff(app, 'mts-token');
    expect((await manager.post(`/admin/tariffs/${id}/closure`, {}, '/admin/tariffs')).status).toBe(403);
    expect((await app.visitor().open('/tariffs/mts-token')).text).not.toContain('noindex');
  });

  it('finds what is looked for, page by page', async () => {
    for (let number = 1; number <= 51; number++) {
      await draftTariff(app, `t2-page-${number}`, { name: `Страница ${100 + number}` }, 't2');
    }
    const first = await manager.open('/admin/tariffs?q=t2-page&state=draft');
    expect(page(first).querySelectorAll('tbody tr')).toHaveLength(50);
    const next = page(first).querySelector('a[rel=next]')?.getAttribute('href');
    const second = await manager.open(String(next));
    expect(page(second).querySelectorAll('tbody tr')).toHaveLength(1);
    expect(textOf(second)).toContain('Страница 151');
    const none = await manager.open(`/admin/tariffs?q=t2-page&operator=${await operatorId(app)}`);
    expect(textOf(none)).toContain('Таких тарифов нет');
  });

  it('keeps the operators', async () => {
    const form = { name: 'Волна', key: 'volna', colour: '#0055AA', prefixes: '8970177 8970178', position: '90' };
    const added = await manager.submit('/admin/tariffs/operators', form, '/admin/tariffs/operators');
    expect(textOf(await manager.follow(added))).toContain('Оператор Волна добавлен');
    const [volna] = (await app.get(Operators).list()).slice(-1);
    expect(volna).toMatchObject({ code: 'volna', colour: '#0055aa', iccidPrefixes: ['8970177', '8970178'] });
    const path = `/admin/tariffs/operators/${volna!.id}`;
    await manager.submit(path, { name: 'Волна+', prefixes: '' }, path);
    expect(await app.get(Operators).findOperator(volna!.id)).toMatchObject({ name: 'Волна+', iccidPrefixes: [] });
    expect(await audited('operator.edited')).toHaveLength(1);
  });

  it.each([
    [{ name: 'мтс' }, 'name', 'уже есть'],
    [{ key: 'mts' }, 'key', 'уже есть'],
    [{ key: 'Волна' }, 'key', 'Латинские'],
    [{ colour: 'синий' }, 'colour', 'цвет'],
    [{ prefixes: '89x' }, 'prefixes', 'Цифры'],
    [{ position: '-1' }, 'position', 'Не меньше'],
  ])('refuses an operator with %j', async (changes, field, said) => {
    const form = { name: 'Прилив', key: 'priliv', colour: '#0055aa', position: '91', ...changes };
    const answer = await manager.submit('/admin/tariffs/operators', form, '/admin/tariffs/operators');
    expect(answer.status).toBe(422);
    expect(fieldErrors(answer)[field]).toContain(said);
  });
});

function tokenOf(answer: Parameters<typeof page>[0]): string {
  return page(answer).querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
}
