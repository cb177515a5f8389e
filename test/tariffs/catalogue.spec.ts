import { TariffPublishing } from '../../src/tariffs/tariff-publishing.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { useApp } from '../support/app.js';
import { page, textOf } from '../support/visitor.js';
import { changeTariff, draftTariff, openTariff } from './tariffs.js';

describe('the list of tariffs', () => {
  const app = useApp();
  const visitor = () => app.visitor();
  const names = async (path: string) =>
    page(await visitor().open(path))
      .querySelectorAll('.tariff__name')
      .map((heading) => heading.text.trim());

  beforeAll(async () => {
    await openTariff(app, 'mts-cheap', {
      name: 'Дешёвый',
      priceKopecks: 30_000n,
      trafficMegabytes: 5000,
      region: 'Псков',
    });
    await openTariff(app, 'mts-tablet', { name: 'Планшет', audience: 'tablet', minutesKind: 'none', minutes: null });
    await openTariff(
      app,
      'megafon-much',
      { name: 'Много', priceKopecks: 200_000n, minutes: 3000, smsKind: 'unlimited', sms: null },
      'megafon',
    );
    await openTariff(
      app,
      't2-daily',
      { name: 'Подневный', priceKopecks: 2_000n, period: 'day', trafficKind: 'unlimited', trafficMegabytes: null },
      't2',
    );
    await openTariff(
      app,
      'yota-silent',
      {
        name: 'Молчун',
        priceKopecks: null,
        trafficKind: 'unknown',
        trafficMegabytes: null,
        smsKind: 'unknown',
        sms: null,
      },
      'yota',
    );
    await openTariff(app, 'mts-firm', {
      name: 'Фирма',
      audience: 'corporate',
      forPersons: true,
      priceKopecks: 90_000n,
    });
    await openTariff(app, 'mts-firm-only', { name: 'Только фирма', audience: 'corporate', priceKopecks: 95_000n });
    await draftTariff(app, 'mts-draft', { name: 'Черновик' });
  });

  it('begins with phones that say most of themselves, and leaves drafts out', async () => {
    expect(await names('/tariffs')).toEqual([
      ...['Дешёвый', 'Подневный', 'Много', 'Молчун'],
      ...['Планшет', 'Фирма', 'Только фирма'],
    ]);
    expect(textOf(await visitor().open('/tariffs'))).toContain('7 тарифов');
  });

  it.each([
    ['operator=megafon', ['Много']],
    ['operator=megafon&operator=t2', ['Подневный', 'Много']],
    ['for=tablet', ['Планшет']],
    ['for=corporate', ['Фирма', 'Только фирма']],
    ['for=persons', ['Фирма']],
    ['for=tablet&for=persons', ['Планшет', 'Фирма']],
    ['region=%D0%9F%D1%81%D0%BA%D0%BE%D0%B2', ['Дешёвый']],
    // By the month: 20 ₽ a day are 600.
    ['price=600&for=phone', ['Дешёвый', 'Подневный']],
    ['price=599,99&for=phone', ['Дешёвый']],
    ['gb=20&for=phone', ['Подневный', 'Много']],
    ['unlimited=internet', ['Подневный']],
    ['minutes=501', ['Много']],
    ['sms=500', ['Много']],
    ['q=%D0%BF%D0%BE%D0%B4%D0%BD', ['Подневный']],
    ['q=%25', []],
    ['for=phone&sort=price', ['Дешёвый', 'Подневный', 'Много', 'Молчун']],
    ['for=phone&sort=traffic', ['Подневный', 'Много', 'Дешёвый', 'Молчун']],
    ['for=phone&sort=minutes', ['Много', 'Дешёвый', 'Подневный', 'Молчун']],
    ['sort=name', ['Дешёвый', 'Много', 'Молчун', 'Планшет', 'Подневный', 'Только фирма', 'Фирма']],
  ])('shows what is asked for: %s', async (query, expected) => {
    expect(await names(`/tariffs?${query}`)).toEqual(expected);
  });

  it('keeps what was chosen in the form, and says why something is missing', async () => {
    const answer = await visitor().open('/tariffs?operator=mts&price=1000&t=mts-cheap');
    const tree = page(answer);
    expect(tree.querySelector('#operator-mts')?.hasAttribute('checked')).toBe(true);
    expect(tree.querySelector('#price')?.getAttribute('value')).toBe('1000');
    expect(tree.querySelector('#pick-mts-cheap')?.hasAttribute('checked')).toBe(true);
    expect(textOf(answer)).toContain('у которых эти значения не указаны, здесь не показаны');
    expect(tree.querySelector('link[rel=canonical]')?.getAttribute('href')).toMatch(/\/tariffs$/);
  });

  it('has a way out of nothing', async () => {
    const answer = await visitor().open('/tariffs?q=nothing&sort=name');
    expect(textOf(answer)).toContain('Таких тарифов нет');
    expect(page(answer).querySelector('.blank a')?.getAttribute('href')).toBe('/tariffs?sort=name');
  });

  it.each([
    '/tariffs?operator[]=x&price=%00&sort=1&page=-1&t=%00&for=%25',
    `/tariffs?gb=${'9'.repeat(12)}&minutes=999999999999&q=${'я'.repeat(300)}`,
    '/tariffs?page=999',
    '/tariffs/compare?t=%00&t=..&only=1',
  ])('stands whatever is written into its address: %s', async (path) => {
    expect((await visitor().open(path)).status).toBe(200);
  });

  it('says of a tariff what is known, and of the rest that it is not', async () => {
    const answer = await visitor().open('/tariffs/yota-silent');
    expect(textOf(answer)).toMatch(/Цена не указана/);
    expect(textOf(answer)).toMatch(/Интернет\s*не указано/);
    expect(page(answer).querySelector('[itemprop=offers]')).toBeNull();
    expect(page(answer).querySelector('meta[name=description]')?.getAttribute('content')).toBe(
      'Тариф «Молчун» оператора Yota: 500 минут.',
    );
  });

  it('tells machines the same as people', async () => {
    const tree = page(await visitor().open('/tariffs/t2-daily'));
    const said = (name: string) => {
      const found = tree.querySelector(`[itemprop=${name}]`);
      return found?.getAttribute('content') ?? found?.getAttribute('href') ?? found?.text.trim();
    };
    expect(['price', 'priceCurrency', 'availability'].map(said)).toEqual([
      '20.00',
      'RUB',
      'https://schema.org/InStock',
    ]);
    expect(tree.querySelector('h1[itemprop=name]')?.text).toBe('Подневный');
    expect(tree.querySelector('.price')?.text.replace(/\s+/g, ' ').trim()).toBe('20 ₽ в день ≈ 600 ₽ за 30 дней');
    expect(tree.querySelector('meta[property="og:url"]')?.getAttribute('content')).toMatch(/\/tariffs\/t2-daily$/);
  });

  it('stands side by side with up to three others', async () => {
    const answer = await visitor().open('/tariffs/compare?t=mts-cheap&t=t2-daily&t=yota-silent');
    const tree = page(answer);
    const price = tree.querySelectorAll('tr').find((row) => row.text.includes('Цена'))!;
    expect(price.querySelectorAll('td').map((cell) => cell.text.replace(/\s+/g, ' ').trim())).toEqual([
      ...['300 ₽ в месяц дешевле', '20 ₽ в день', 'не указано'],
    ]);
    expect(price.querySelector('th')?.text).toContain('различается');
    expect(tree.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
    const only = await visitor().open('/tariffs/compare?t=mts-firm&t=mts-firm-only&only=differences');
    expect(page(only).querySelectorAll('tbody tr').length).toBe(2);
  });

  it('refuses to compare one, and more than four, in plain words', async () => {
    expect(textOf(await visitor().open('/tariffs/compare?t=mts-cheap'))).toContain('Сравнивать пока не с чем');
    expect(textOf(await visitor().open('/tariffs/compare?t=mts-cheap&t=nothing'))).toContain(
      'Некоторых из этих тарифов у нас нет',
    );
    const five = ['mts-cheap', 'mts-tablet', 'megafon-much', 't2-daily', 'yota-silent'];
    const answer = await visitor().open(`/tariffs/compare?${five.map((slug) => `t=${slug}`).join('&')}`);
    expect(textOf(answer)).toContain('Рядом помещаются четыре тарифа');
    expect(page(answer).querySelectorAll('thead th').length).toBe(5);
  });

  it('is told to search engines', async () => {
    const robots = await visitor().open('/robots.txt');
    expect(robots.text).toMatch(/Disallow: \/admin\n[^]*Sitemap: http.*\/sitemap\.xml\n/);
    const sitemap = await visitor().open('/sitemap.xml');
    expect(sitemap.headers['content-type']).toContain('xml');
    expect(sitemap.text).toContain('/tariffs/mts-cheap</loc><lastmod>');
    expect(sitemap.text).not.toContain('mts-draft');
  });

  it('greets at the front door', async () => {
    const answer = await visitor().open('/');
    expect(page(answer).querySelectorAll('.tariff').length).toBeGreaterThan(1);
    expect(textOf(answer)).toContain('Все тарифы');
  });
});

describe('a tariff through time', () => {
  const app = useApp();
  const priceOf = async (slug: string) =>
    page(await app.visitor().open(`/tariffs/${slug}`))
      .querySelector('.price')
      ?.text.replace(/\s+/g, ' ')
      .trim();

  it('changes on the day it was told to, by the business clock', async () => {
    const id = await openTariff(app, 'mts-later');
    const from = new Date(app.clock.now().getTime() + 10 * 86_400_000);
    await changeTariff(app, id, { priceKopecks: 70_000n }, from);
    app.clock.shift({ days: 9 });
    expect(await priceOf('mts-later')).toBe('600 ₽ в месяц');
    app.clock.shift({ days: 1 });
    expect(await priceOf('mts-later')).toBe('700 ₽ в месяц');
  });

  it('is not there before its first version begins', async () => {
    const id = await draftTariff(app, 'mts-soon');
    const from = new Date(app.clock.now().getTime() + 86_400_000);
    await app.get(TariffPublishing).publishDraft(id, 1, from, SYSTEM);
    expect((await app.visitor().open('/tariffs/mts-soon')).status).toBe(404);
    expect(textOf(await app.visitor().open('/tariffs'))).not.toContain('mts-soon');
    app.clock.shift({ days: 1 });
    expect((await app.visitor().open('/tariffs/mts-soon')).status).toBe(200);
  });

  it('leaves the list when its last day is over, and its page says so', async () => {
    await openTariff(app, 'mts-ends', { name: 'Последний день', lastDay: app.clock.now().toISOString().slice(0, 10) });
    expect(textOf(await app.visitor().open('/tariffs'))).toContain('Последний день');
    app.clock.shift({ days: 1 });
    expect(textOf(await app.visitor().open('/tariffs'))).not.toContain('Последний день');
    const answer = await app.visitor().open('/tariffs/mts-ends');
    expect(textOf(answer)).toContain('Закрыт для подключения');
  });

  it('when archived is closed to new customers, unknown to search engines, and no 404', async () => {
    const id = await openTariff(app, 'mts-old', { name: 'Старый' });
    await app.get(TariffPublishing).archiveTariff(id, SYSTEM);
    const answer = await app.visitor().open('/tariffs/mts-old');
    expect(textOf(answer)).toContain('Новым абонентам этот тариф больше не подключают');
    expect(page(answer).querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
    expect(page(answer).querySelector('#order')).toBeNull();
    expect((await app.visitor().open('/sitemap.xml')).text).not.toContain('mts-old');
    await app.get(TariffPublishing).reopenTariff(id, SYSTEM);
    expect(page(await app.visitor().open('/tariffs/mts-old')).querySelector('#order')).not.toBeNull();
  });

  it.each(['nothing', '%00', 'MTS-OLD', 'a'.repeat(500), "x'or'1'='1"])('that never was is a 404: %s', async (slug) => {
    expect((await app.visitor().open(`/tariffs/${slug}`)).status).toBe(404);
  });

  it('leads from a page behind the last one to the last', async () => {
    const answer = await app.visitor().get('/tariffs?page=100');
    expect([answer.status, answer.headers.location]).toEqual([303, expect.stringMatching(/^\/tariffs(\?page=\d)?$/)]);
  });
});

describe('without the telecom line', () => {
  const app = useApp({ env: { LINES: 'loyalty' } });

  it('there are no tariffs anywhere', async () => {
    await openTariff(app, 'mts-hidden');
    for (const path of ['/tariffs', '/tariffs/compare', '/tariffs/mts-hidden']) {
      expect((await app.visitor().open(path)).status).toBe(404);
    }
    const clerk = await app.signInStaff(await app.world.hire('admin'));
    expect((await clerk.open('/admin/tariffs')).status).toBe(404);
    expect((await clerk.open('/admin')).text).not.toContain('/admin/tariffs');
    expect((await app.visitor().open('/')).text).not.toContain('/tariffs');
    expect((await app.visitor().open('/sitemap.xml')).text).not.toContain('/tariffs');
  });
});
