import type { Page } from 'playwright-core';
import { axeFindings, expectNoSidewaysScroll, type PageOptions, screenshot, useBrowser } from '../support/browser.js';
import { type ProductProcess, useProcesses } from '../support/process.js';
import { Visitor } from '../support/visitor.js';

interface DemoWorld {
  staff: { role: string; email: string; password: string }[];
  customers: { phone: string; password: string }[];
}

/** `npm test` looks at every page once; `npm run test:pages` in every language, theme and width. */
const ONCE: PageOptions[] = [{ width: 390, theme: 'light', language: 'ru' }];
const ALL: PageOptions[] = [
  { width: 320, theme: 'dark', language: 'en' },
  { width: 390, theme: 'light', language: 'en' },
  { width: 390, theme: 'dark', language: 'ru' },
  { width: 768, theme: 'light', language: 'ru' },
  { width: 1280, theme: 'dark', language: 'en' },
  { width: 1440, theme: 'light', language: 'ru' },
];
/** Many times what a walk takes by itself: the back office has some eighty kinds of pages. */
const WALK_MS = 400_000;
const variants = process.env.PAGES === 'all' ? ALL : ONCE;

/** Downloads, the API's own documentation, the choice of a language, and the demo's machine-readable side. */
const NO_PAGES = /\.(csv|json|pdf|png|svg)$|^\/api\/|^\/language\/|^\/metrics$/;

/** One page stands for all of its kind: `/cabinet/points/0190…` for every operation. */
function kindOf(path: string): string {
  return path
    .replace(/\?.*$/, '')
    .replace(/^\/tariffs\/(?!compare$).+/, '/tariffs/:slug')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/\d{13}/g, ':number');
}

/** What is wrong with the page as it stands. */
async function faultsOf(page: Page, path: string, options: PageOptions): Promise<string[]> {
  const answer = await page.goto(path);
  const name = `${path} (${options.width}, ${options.theme}, ${options.language})`;
  if (answer?.status() !== 200) return [`${name}: answers ${answer?.status()}`];
  const picture = `${options.width}-${options.theme}-${options.language}${kindOf(path).replace(/[/:]/g, '_')}`;
  if (process.env.SCREENSHOTS) await screenshot(page, picture);
  const faults = await axeFindings(page);
  await expectNoSidewaysScroll(page).catch(() => faults.push('scrolls sideways'));
  return faults.map((fault) => `${name}: ${fault}`);
}

async function linksOn(page: Page): Promise<string[]> {
  const links = await page.evaluate<string[]>(
    `[...document.querySelectorAll('a[href]')].filter((a) => a.origin === location.origin && !a.download).map((a) => a.pathname)`,
  );
  return links.filter((path) => !NO_PAGES.test(path));
}

/** Follows links from the given pages and looks at each kind of page once. */
async function walk(page: Page, from: string[], within: RegExp, options: PageOptions): Promise<[string[], string[]]> {
  const waiting = [...from];
  const seen = new Set<string>();
  const faults: string[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(kindOf(path)) || !within.test(path)) continue;
    seen.add(kindOf(path));
    faults.push(...(await faultsOf(page, path, options)));
    waiting.push(...(await linksOn(page)));
  }
  return [faults, [...seen]];
}

const processes = useProcesses();
let product: ProductProcess;
let world: DemoWorld;

beforeAll(async () => {
  product = await processes.start();
  world = (await (await fetch(`${product.url}/dev/world.json`)).json()) as DemoWorld;
}, 120_000);

describe.each(variants)('every page at $width px, $theme, $language', (options) => {
  const browser = useBrowser();

  async function openAs(visitor: Visitor | null): Promise<Page> {
    const page = await browser.open({ ...options, baseUrl: product.url });
    if (visitor) await page.context().addCookies(visitor.cookies());
    await page.goto(`/language/${options.language}`);
    return page;
  }

  it(
    'of a stranger',
    async () => {
      const within = /^(?!\/(cabinet|admin|till)(\/|$))/;
      const [faults, seen] = await walk(await openAs(null), ['/', '/session/new', '/cards/activate'], within, options);
      expect(faults).toEqual([]);
      expect(seen).toEqual(expect.arrayContaining(['/', '/session/new', '/cards/activate', '/cards/virtual', '/help']));
    },
    WALK_MS,
  );

  it(
    'of a customer',
    async () => {
      const visitor = new Visitor(product.url);
      const { phone, password } = world.customers[0]!;
      await visitor.submit('/session/new', { phone, password }, '/session');
      const [faults, seen] = await walk(await openAs(visitor), ['/cabinet'], /^\/cabinet(\/|$)/, options);
      expect(faults).toEqual([]);
      expect(seen).toEqual(
        expect.arrayContaining(['/cabinet', '/cabinet/points', '/cabinet/cards', '/cabinet/profile']),
      );
    },
    WALK_MS,
  );

  it(
    'of a company',
    async () => {
      const visitor = new Visitor(product.url);
      const { phone, password } = world.customers[2]!;
      await visitor.submit('/session/new', { phone, password }, '/session');
      const within = /^\/cabinet\/(company|lines)(\/|$)/;
      const [faults, seen] = await walk(await openAs(visitor), ['/cabinet/lines'], within, options);
      expect(faults).toEqual([]);
      expect(seen).toEqual(
        expect.arrayContaining(['/cabinet/company', '/cabinet/company/users', '/cabinet/company/lines/:id']),
      );
    },
    WALK_MS,
  );

  it(
    'of an administrator',
    async () => {
      const visitor = new Visitor(product.url);
      const { email, password } = world.staff.find(({ role }) => role === 'admin')!;
      await visitor.submit('/admin/session/new', { email, password }, '/admin/session');
      const [faults, seen] = await walk(await openAs(visitor), ['/admin'], /^\/admin(\/|$)/, options);
      expect(faults).toEqual([]);
      expect(seen).toEqual(expect.arrayContaining(['/admin', '/admin/customers', '/admin/cards', '/admin/stations']));
    },
    WALK_MS,
  );
});
