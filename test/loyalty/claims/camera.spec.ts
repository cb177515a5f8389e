import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bwip from 'bwip-js/node';
import { useApp } from '../../support/app.js';
import { expectAccessible, expectNoSidewaysScroll, screenshot, useBrowser } from '../../support/browser.js';
import { readPng } from '../../support/png.js';
import { qrOf, receiptAt } from './receipts.js';

const WIDTH = 640;
const HEIGHT = 480;
const folder = mkdtempSync(join(tmpdir(), 'smartcard-camera-'));
const film = join(folder, 'receipt.y4m');

/** One grey picture over and over: a QR code in its middle. */
async function film_(text: string): Promise<void> {
  const png = readPng(
    await bwip.toBuffer({
      bcid: 'qrcode',
      text,
      scale: 5,
      paddingwidth: 20,
      paddingheight: 20,
      backgroundcolor: 'ffffff',
    }),
  );
  const picture = Buffer.alloc((WIDTH * HEIGHT * 3) / 2, 128);
  picture.fill(235, 0, WIDTH * HEIGHT);
  const [left, top] = [(WIDTH - png.width) >> 1, (HEIGHT - png.height) >> 1];
  for (let y = 0; y < png.height; y++) {
    for (let x = 0; x < png.width; x++) {
      picture[(y + top) * WIDTH + x + left] = png.data[(y * png.width + x) * 4]! < 128 ? 16 : 235;
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), picture]);
  writeFileSync(
    film,
    Buffer.concat([
      Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`),
      ...Array<Buffer>(5).fill(frame),
    ]),
  );
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
    await film_(qrOf(receiptAt(app, 1)));
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
