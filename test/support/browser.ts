import { mkdir } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './chromium.js';

export interface PageOptions {
  /** CSS pixels: 390 is a phone, 1280 a desk. */
  width?: number;
  theme?: 'light' | 'dark';
  language?: 'ru' | 'en';
  /** Device pixels to a CSS pixel; codes are read off screenshots taken at 2 or 3. */
  scale?: number;
  javaScript?: boolean;
  /** The test cuts the line: what cannot be fetched then is no fault. */
  mayLoseLine?: boolean;
  baseUrl?: string;
}

export interface TestBrowser {
  /** A page in a fresh profile. What it logs as an error fails the test. */
  open(options?: PageOptions): Promise<Page>;
}

const PHONE = 390;
const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** One Chromium for the test file; every page gets its own profile, closed after the test. */
export function useBrowser(flags: string[] = []): TestBrowser {
  let browser: Browser | undefined;
  let contexts: BrowserContext[] = [];
  let problems: string[] = [];

  afterEach(async () => {
    const [open, seen] = [contexts, problems];
    contexts = [];
    problems = [];
    await Promise.all(open.map((context) => context.close()));
    expect(seen).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });

  return {
    async open(options = {}) {
      browser ??= await launchChromium(flags);
      const context = await browser.newContext(contextOptions(options));
      contexts.push(context);
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      watch(page, problems, options.mayLoseLine);
      return page;
    },
  };
}

function contextOptions({ width = PHONE, theme = 'light', language = 'ru', scale = 1, ...rest }: PageOptions) {
  return {
    viewport: { width, height: width < 700 ? 844 : 900 },
    isMobile: width < 700,
    hasTouch: width < 700,
    colorScheme: theme,
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    timezoneId: 'Europe/Moscow',
    deviceScaleFactor: scale,
    javaScriptEnabled: rest.javaScript ?? true,
    reducedMotion: 'reduce' as const,
    ...(rest.baseUrl ? { baseURL: rest.baseUrl } : {}),
  };
}

/** Uncaught errors, refusals by the content security policy, missing files, other origins. */
function watch(page: Page, problems: string[], mayLoseLine = false): void {
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // Chromium logs every 4xx this way, a form's 422 too; missing files are caught below.
    const answered = message.text().startsWith('Failed to load resource: the server responded');
    const cutOff =
      mayLoseLine && /^Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|FAILED)/.test(message.text());
    if (message.type() === 'error' && !answered && !cutOff) problems.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    const request = response.request();
    if (response.status() >= 400 && request.resourceType() !== 'document' && request.resourceType() !== 'fetch') {
      problems.push(`${response.status()} ${request.method()} ${response.url()}`);
    }
  });
  page.on('request', (request) => {
    const own = ['127.0.0.1', 'localhost', ''].includes(new URL(request.url()).hostname);
    if (!own) problems.push(`another origin: ${request.url()}`);
  });
}

/** 0 violations of WCAG 2.2 AA and of axe's best practices, on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
}

export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_2_2_AA).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} - ${node.failureSummary ?? ''}`),
  );
}

/** Nothing scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, screen] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, window.innerWidth]',
  );
  expect(content).toBeLessThanOrEqual(screen);
}

/** A PNG of the whole page; with SCREENSHOTS=<folder> a copy stays there under `name`, to be looked at. */
export async function screenshot(page: Page, name: string): Promise<Buffer> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await mkdir(folder, { recursive: true });
  return page.screenshot({ fullPage: true, ...(folder ? { path: `${folder}/${name}.png` } : {}) });
}
