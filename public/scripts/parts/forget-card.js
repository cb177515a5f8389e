// Logging out by one's own wish takes the card off this device; a session that runs out leaves it.
import { forgetAll, read } from './device-store.js';

const PATIENCE_MS = 2000;

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.getAttribute('action') !== '/session/end' || !('indexedDB' in window)) return;
  event.preventDefault();
  navigator.serviceWorker?.controller?.postMessage('forget');
  // Whatever becomes of it, they are logged out.
  forget(form)
    .catch(() => undefined)
    .finally(() => form.submit());
});

async function forget(form) {
  const device = await read('device');
  await forgetAll();
  if (!device) return;
  const headers = { 'x-csrf-token': form.elements.namedItem('_csrf').value };
  const signal = window.AbortSignal.timeout(PATIENCE_MS);
  await fetch(`/cabinet/cards/devices/${device.id}/revoke`, { method: 'POST', headers, signal, redirect: 'manual' });
}
