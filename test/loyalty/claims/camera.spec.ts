import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bwip from 'bwip-js/node';
import { useApp } from '../../support/app.js';
import { expectAccessible, expectNoSidewaysScroll, screenshot, useBrowser } from '../../support/browser.js';
import { qrOf, receiptAt } from './receipts.js';

const WIDTH = 640;
const HEIGHT = 480;
const MODULE = 8;
const folder = mkdtempSync(join(tmpdir(), 'smartcard-camera-'));
const film = join(folder, 'receipt.y4m');

/** One picture over and over: a QR code in the middle of white paper. */
function filmOf(text: string): Buffer {
  const [{ pixs, pixx } = { pixs: [], pixx: 0 }] = bwip.raw('qrcode', text, '') as { pixs: number[]; pixx: number }[];
  const [left, top] = [(WIDTH - pixx * MODULE) >> 1, (HEIGHT - pixx * MODULE) >> 1];
  const colourless = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const light = Buffer.alloc(WIDTH * HEIGHT, 235);
  pixs.forEach((dark, index) => {
    for (let y = 0; dark && y < MODULE; y++) {
      const row = (top + Math.floor(index / pixx) * MODULE + y) * WIDTH;
      light.fill(16, row + left + (index % pixx) * MODULE, row + left + (index % pixx) * MODULE + MODULE);
    }
  });
  const frame = [Buffer.from('FRAME\n'), light, colourless];
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...frame, ...frame]);
}

describe('the camera on the page of receipts', () => {
  const app = useApp();
  const browser = useBrowser([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads the code and sends the receipt; no other page may ask for it', async () => {
    const till = await app.world.openTill();
    const { phone } = await app.world.activeCard(till);
    const visitor = await app.signInCustomer({ phone });
    writeFileSync(film, filmOf(qrOf(receiptAt(app, 1))));
    for (const path of ['/cabinet', '/cabinet/claims']) {
      const { headers } = await visitor.get(path);
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['content-security-policy']).not.toContain('wasm');
    }
    const page = await browser.open({ baseUrl: app.url });
    await page.context().addCookies(visitor.cookies());
    await page.goto('/cabinet/claims/new');
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await screenshot(page, 'claim-new');
    await page.getByRole('button', { name: 'Сканировать QR-код' }).click();
    await page.waitForURL('**/cabinet/claims', { timeout: 30_000 });
    expect(await page.locator('.claim').innerText()).toContain('1 250,50 ₽'.replace(/ /g, '\u00a0'));
    await expectAccessible(page);
  });
});
