// The code of this minute, as a QR code and as digits, below the card.
import { read } from './device-store.js';
import { drawQr, SIZE } from './qr.js';
import { codeOf, WINDOW_MS } from './rotating-code.js';

const section = document.querySelector('[data-spending-code]');
let shown = null;
// Minutes whose code has spent, and the phone they are of: the till takes none of them again.
const spent = new Set();

/** Begins or goes on showing codes where this device has a key for them. */
export async function showCodes() {
  if (!section) return;
  const [card, device] = [await read('card'), await read('device')];
  section.hidden = !(card?.number && device?.owner === card.owner);
  if (section.hidden) return;
  section.querySelector('[data-code-qr]').setAttribute('viewBox', `0 0 ${SIZE} ${SIZE}`);
  await draw(card, device);
  if (shown === null) setInterval(() => void tick(), 1000);
  shown = true;
}

/** Takes codes that a till has just used off the screen. */
export async function markSpent(codes) {
  for (const { shortId, window } of codes) spent.add(`${shortId} ${window}`);
  if (shown) await tick();
}

async function tick() {
  const [card, device] = [await read('card'), await read('device')];
  if (!card?.number || device?.owner !== card.owner) section.hidden = true;
  else await draw(card, device);
}

async function draw({ number }, { shortId, key, aheadMs }) {
  // The server's minutes count: this device's clock may be wrong.
  const now = Date.now() + aheadMs;
  const current = Math.floor(now / WINDOW_MS);
  // The code of the next minute is good already: it takes the place of one that has spent.
  const minute = [current, current + 1].find((one) => !spent.has(`${shortId} ${one}`));
  section.querySelector('[data-code-spent]').hidden = minute !== undefined;
  const code = minute === undefined ? '' : await codeOf(key, minute);
  const left = section.querySelector('[data-code-left]');
  left.value = Math.ceil((WINDOW_MS - (now % WINDOW_MS)) / 1000);
  if (section.dataset.code === code) return;
  section.dataset.code = code;
  section.querySelector('[data-code-digits]').textContent = `${code.slice(0, 4)} ${code.slice(4)}`.trim();
  section.querySelector('[data-code-qr]').toggleAttribute('hidden', code === '');
  if (code === '') return;
  section.querySelector('[data-code-qr] path').setAttribute('d', drawQr(`SC1.${number}.${shortId}.${code}`));
}
