// The card as this device remembers it: no network is needed.
import { read } from './parts/device-store.js';
import './parts/install.js';
import './parts/keep-awake.js';
import { keepPage } from './parts/service-worker.js';
import { showCodes } from './parts/spending-code.js';

const offline = document.querySelector('[data-offline]');
const sayLine = () => (offline.hidden = navigator.onLine);

sayLine();
window.addEventListener('online', sayLine);
window.addEventListener('offline', sayLine);
start().catch(() => show(null));

async function start() {
  show(await read('card'));
  await showCodes();
  if (navigator.onLine) await keepPage();
}

function show(card) {
  for (const part of document.querySelectorAll('[data-with-card]')) part.hidden = !card;
  document.querySelector('[data-without-card]').hidden = Boolean(card);
  if (!card) return;
  for (const [name, { viewBox, path }] of [
    ['.scan__bars', card.bars],
    ['[data-card-qr]', card.qr],
  ]) {
    const svg = document.querySelector(name);
    svg.setAttribute('viewBox', viewBox);
    svg.querySelector('path').setAttribute('d', path);
  }
  document.querySelector('[data-number]').textContent = card.digits;
  document.querySelector('[data-saved]').textContent = card.saved;
}
