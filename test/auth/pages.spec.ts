import type { Page } from 'playwright-core';
import { Invitations } from '../../src/auth/staff/invitations.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { useApp } from '../support/app.js';
import { expectAccessible, expectNoSidewaysScroll, screenshot, useBrowser } from '../support/browser.js';
import { customerWithPassword, PASSWORD } from './people.js';

const app = useApp({ env: { DEMO: '1' } });
const browser = useBrowser();
const LOOKS = [
  { width: 390, theme: 'light' },
  { width: 1280, theme: 'dark' },
] as const;

/** With SCREENSHOTS=<folder> pictures stay there, to be looked at. */
async function look(page: Page, name: string): Promise<void> {
  await expectNoSidewaysScroll(page);
  if (name.includes('-390-')) await expectAccessible(page);
  if (process.env.SCREENSHOTS) await screenshot(page, name);
}

describe.each(LOOKS)('pages of access at $width px, $theme', ({ width, theme }) => {
  const open = () => browser.open({ width, theme, baseUrl: app.url });
  const named = (name: string) => `${name}-${width}-${theme}`;

  it('log-in, refused and by code', async () => {
    const { phone } = await customerWithPassword(app);
    const page = await open();
    await page.goto('/session/new');
    await look(page, named('log-in'));
    await page.fill('#phone', phone);
    await page.fill('#password', 'не тот пароль');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.problems');
    expect(await page.inputValue('#phone')).toBe(phone);
    await look(page, named('log-in-refused'));
    await page.click('button[formaction]');
    await page.waitForURL('**/session/code/*');
    await look(page, named('code'));
    const code = await app.codeSentTo(phone);
    await page.fill('#code', '000000');
    await page.waitForSelector('.field__error');
    await look(page, named('code-refused'));
    // Six digits send themselves.
    await page.fill('#code', code);
    await page.waitForURL('**/cabinet');
  });

  it('password shown on request, warned of', async () => {
    const page = await open();
    await page.goto('/session/new');
    await page.fill('#password', 'пароль');
    await page.press('#password', 'End');
    expect(await page.textContent('#password-keyboard')).toContain('русская раскладка');
    await page.click('[data-reveal="password"]');
    expect(await page.getAttribute('#password', 'type')).toBe('text');
  });

  it('temporary and new password', async () => {
    const { phone } = await customerWithPassword(app);
    const page = await open();
    await page.goto('/reset_password/new');
    await look(page, named('reset'));
    await page.fill('#phone', phone);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/session/new');
    await look(page, named('reset-sent'));
    await page.fill('#phone', phone);
    await page.fill('#password', /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await app.smsTo(phone))?.[0] ?? '');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/reset_password/*');
    await look(page, named('new-password'));
  });

  it('profile and its password', async () => {
    const { phone } = await customerWithPassword(app);
    const page = await open();
    await page.goto('/session/new');
    await page.fill('#phone', phone);
    await page.fill('#password', PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/cabinet');
    await page.goto('/cabinet/profile');
    await look(page, named('profile'));
    await page.goto('/cabinet/profile/password');
    await look(page, named('profile-password'));
  });

  it('staff log-in and invitation', async () => {
    const page = await open();
    await page.goto('/admin/session/new');
    await look(page, named('staff-log-in'));
    const link = await app.get(Invitations).invite({ email: `anna${width}@example.org`, role: 'manager' }, SYSTEM);
    await page.goto(new URL(link).pathname);
    await look(page, named('invitation'));
  });

  it('the demo’s inbox, which refreshes itself', async () => {
    const { phone } = await customerWithPassword(app);
    const page = await open();
    await page.goto(`/dev/inbox?to=${phone}`);
    await look(page, named('inbox-empty'));
    await app.visitor().submit('/session/new', { phone }, '/session/code');
    await page.waitForSelector('.inbox-code');
    expect(await page.textContent('.inbox-code')).toBe(await app.codeSentTo(phone));
    await look(page, named('inbox'));
  });
});
