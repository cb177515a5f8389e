// The page of the card: keeps it on the device, shows rotating codes, offers the app.
import { read, write } from './parts/device-store.js';
import './parts/install.js';
import { keepCard } from './parts/keep-card.js';
import './parts/live-points.js';
import { keyOf } from './parts/rotating-code.js';
import { keepPage } from './parts/service-worker.js';
import { showCodes } from './parts/spending-code.js';

const phone = document.querySelector('[data-phone]');

if (phone && 'indexedDB' in window) start().catch(() => undefined);

async function start() {
  await keepCard(phone.dataset);
  await offerCodes();
  await showCodes();
  await keepPage();
}

async function offerCodes() {
  const offer = phone.querySelector('[data-enrol]');
  if (!offer || !window.isSecureContext || (await read('device'))) return;
  offer.hidden = false;
  const button = offer.querySelector('button');
  button.addEventListener('click', async () => {
    button.disabled = true;
    const outcome = await enrol().catch(() => 'failed');
    button.disabled = false;
    offer.hidden = outcome === 'done';
    const problem = offer.querySelector('[data-enrol-problem]');
    problem.textContent = outcome === 'done' ? '' : phone.dataset[outcome];
    problem.hidden = outcome === 'done';
    if (outcome === 'done') await showCodes();
  });
}

async function enrol() {
  const headers = { 'x-csrf-token': phone.dataset.csrf, accept: 'application/json' };
  const answer = await fetch('/cabinet/cards/devices', { method: 'POST', headers });
  if (!answer.ok) return answer.status === 409 ? 'tooMany' : 'failed';
  const { id, shortId, secret, now } = await answer.json();
  const [owner, aheadMs] = [phone.dataset.owner, now - Date.now()];
  await write('device', { id, owner, shortId, key: await keyOf(secret), aheadMs });
  return 'done';
}
