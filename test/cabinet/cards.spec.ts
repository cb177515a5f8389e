import type { Locator } from 'playwright-core';
import { VirtualCards } from '../../src/loyalty/activation/virtual-cards.service.js';
import { useApp } from '../support/app.js';
import { buy, wordsOf } from './shopping.js';
import { type PageOptions, useBrowser } from '../support/browser.js';
import { readEan13, readQr } from '../support/codes.js';
import { readPng } from '../support/png.js';
import { page, type Visitor } from '../support/visitor.js';

const app = useApp();

async function holder(): Promise<{ visitor: Visitor; plastic: string; virtual: string; customerId: string }> {
  const { number: plastic, customerId, phone } = await app.world.activeCard(await app.world.openTill());
  const virtual = await app.get(VirtualCards).issueVirtualCard(customerId);
  return { visitor: await app.signInCustomer({ phone }), plastic, virtual, customerId };
}

describe('a card on the screen', () => {
  it('is shown to its owner only', async () => {
    const { visitor, plastic, virtual } = await holder();
    const stranger = await holder();
    for (const number of [plastic, virtual]) {
      expect((await visitor.get(`/cabinet/cards/${number}`)).status).toBe(200);
      expect((await stranger.visitor.get(`/cabinet/cards/${number}`)).status).toBe(404);
      expect((await stranger.visitor.get(`/cabinet/cards/${number}/reissue`)).status).toBe(404);
    }
    const [unsold = ''] = await app.world.printCards();
    for (const number of [unsold, '2990000000002', 'nonsense', "1'--"]) {
      expect((await visitor.get(`/cabinet/cards/${encodeURIComponent(number)}`)).status).toBe(404);
    }
  });

  it('is the virtual one where there are several, the others one press away', async () => {
    const { visitor, plastic, virtual } = await holder();
    const shown = page(await visitor.open('/cabinet/cards'));
    expect(shown.querySelector('.scan__digits')?.text.replace(/\s/g, '')).toBe(virtual);
    expect(shown.querySelector(`a[href="/cabinet/cards/${plastic}"]`)).not.toBeNull();
    expect(wordsOf(await visitor.open(`/cabinet/cards/${plastic}`))).not.toContain('Сменить номер карты');
  });

  it('shows no codes of a blocked or replaced card, but says what to do', async () => {
    const { visitor, plastic, virtual } = await holder();
    await app.database.query(`update card set state = 'blocked' where number = $1`, [plastic]);
    const blocked = await visitor.open(`/cabinet/cards/${plastic}`);
    expect(wordsOf(blocked)).toContain('Эта карта заблокирована');
    expect(page(blocked).querySelector('.scan')).toBeNull();
    await visitor.submit(`/cabinet/cards/${virtual}/reissue`);
    expect(wordsOf(await visitor.open(`/cabinet/cards/${virtual}`))).toContain('Этот номер больше не работает');
  });
});

describe('another number for a virtual card', () => {
  it('comes after a second thought, kills the old one at the tills and keeps the points', async () => {
    const { visitor, plastic, virtual } = await holder();
    const till = await app.world.openTill();
    await buy(till, { card: plastic, sum: '1000.00' });
    const asked = await visitor.open(`/cabinet/cards/${virtual}/reissue`);
    expect(wordsOf(asked)).toContain('перестанет работать сразу и навсегда');
    const done = await visitor.submit(asked);
    expect(done.status).toBe(303);
    const shown = await visitor.follow(done);
    expect(wordsOf(shown)).toContain('Готово: у карты новый номер');
    const replacement = done.headers.location?.split('/').at(-1) ?? '';
    expect(replacement).toMatch(/^2990\d{9}$/);
    expect(replacement).not.toBe(virtual);
    expect((await till.card(virtual)).body).toMatchObject({ state: 'replaced' });
    expect((await till.card(replacement)).body).toMatchObject({ state: 'active', balance: { available: '10.00' } });
    expect((await till.purchase({ card: virtual, sum: '100.00' })).body).toMatchObject({ code: 'card_blocked' });
  });

  it('is not given for somebody else’s card, for plastic, or twice for the same number', async () => {
    const { visitor, plastic, virtual } = await holder();
    const other = await holder();
    const form = await visitor.open(`/cabinet/cards/${virtual}/reissue`);
    const _csrf = page(form).querySelector('[name="_csrf"]')?.getAttribute('value') ?? '';
    for (const number of [other.virtual, 'x']) {
      expect((await visitor.post(`/cabinet/cards/${number}/reissue`, { _csrf })).status).toBe(404);
    }
    // Of one's own that cannot have another, the way leads to the card.
    const ofPlastic = await visitor.post(`/cabinet/cards/${plastic}/reissue`, { _csrf });
    expect(ofPlastic.headers.location).toBe(`/cabinet/cards/${plastic}`);
    const changed = await visitor.post(`/cabinet/cards/${virtual}/reissue`, { _csrf });
    const twice = await visitor.post(`/cabinet/cards/${virtual}/reissue`, { _csrf });
    expect([twice.status, twice.headers.location]).toEqual([303, changed.headers.location]);
    const cards = await app.database.query(`select 1 from card where customer_id = $1 and state = 'active'`, [
      other.customerId,
    ]);
    expect(cards).toHaveLength(2);
  });
});

it('gives out five numbers a day and then says when to come again', async () => {
  const { visitor } = await holder();
  let path =
    page(await visitor.open('/cabinet/cards'))
      .querySelector('a[href$="/reissue"]')
      ?.getAttribute('href') ?? '';
  for (let given = 0; given < 5; given++) {
    path = `${(await visitor.submit(path)).headers.location}/reissue`;
  }
  const refused = await visitor.submit(path);
  expect(refused.status).toBe(429);
  expect(wordsOf(refused)).toContain('Слишком много попыток');
});

describe('what scanners see', () => {
  const browser = useBrowser();
  const screens = [1, 2, 3].flatMap((scale) =>
    (['light', 'dark'] as const).flatMap((theme) => [320, 375, 390].map((width) => ({ scale, theme, width }))),
  );
  let owner: Awaited<ReturnType<typeof holder>>;
  beforeAll(async () => {
    owner = await holder();
  });

  async function codesOn(screen: PageOptions): Promise<{ bars: Locator; qr: Locator }> {
    const shown = await browser.open({ baseUrl: app.url, ...screen });
    await shown.context().addCookies(owner.visitor.cookies());
    await shown.goto('/cabinet/cards');
    return { bars: shown.locator('.scan__bars'), qr: shown.locator('.scan__qr') };
  }

  it.each(screens)('reads both codes at $width px, density $scale, $theme', async (screen) => {
    const { bars, qr } = await codesOn(screen);
    expect(readEan13(readPng(await bars.screenshot()))).toBe(owner.virtual);
    expect(readQr(readPng(await qr.screenshot()))).toBe(owner.virtual);
  });

  it.each([320, 390])('has bars of whole pixels, at least two to a module, at %d px', async (width) => {
    const { bars, qr } = await codesOn({ width });
    const [barsBox, qrBox] = [await bars.boundingBox(), await qr.boundingBox()];
    const [bar, square] = [barsBox!.width / 113, qrBox!.width / 29];
    expect([bar, square].every((module) => Number.isInteger(module) && module >= 2)).toBe(true);
  });
});
