import { useApp } from '../support/app.js';
import { axeFindings, useBrowser } from '../support/browser.js';

const app = useApp();
const browser = useBrowser();

/** Buttons within buttons, skipped headings and an introduction outside the landmark are the package's own markup. */
const OF_THE_PACKAGE = /^(nested-interactive|heading-order|region):/;

it.each(['light', 'dark'] as const)('the page of the API can be read by everybody, %s', async (theme) => {
  const page = await browser.open({ baseUrl: app.url, width: 1280, theme });
  await page.goto('/api/docs');
  await page.locator('.opblock').first().waitFor();
  await page.locator('.btn.authorize').waitFor();
  const findings = await axeFindings(page);
  expect(findings.filter((finding) => !OF_THE_PACKAGE.test(finding))).toEqual([]);
});
