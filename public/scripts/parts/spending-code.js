// The code of this minute, as a QR code and as digits, below the card.
import { read } from './device-store.js';
import { drawQr, SIZE } from './qr.js';
import { codeOf, WINDOW_MS } from './rotating-code.js';

const section = document.querySelector('[data-spending-code]');
let shown = null;

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

async function tick() {
  const [card, device] = [await read('card'), await read('device')];
  if (!card?.number || device?.owner !== card.owner) section.hidden = true;
  else await draw(card, device);
}

async function draw({ number }, { shortId, key, aheadMs }) {
  // The server's minutes count: this device's clock may be wrong.
  const now = Date.now() + aheadMs;
  const code = await codeOf(key, Math.floor(now / WINDOW_MS));
  const left = section.querySelector('[data-code-left]');
  left.value = Math.ceil((WINDOW_MS - (now % WINDOW_MS)) / 1000);
  if (section.dataset.code === code) return;
  section.dataset.code = code;
  section.querySelector('[data-code-digits]').textContent = `${code.slice(0, 4)} ${code.slice(4)}`;
  section.querySelector('[data-code-qr] path').setAttribute('d', drawQr(`SC1.${number}.${shortId}.${code}`));
}
