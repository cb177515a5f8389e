// Logging out by one's own wish takes the card off this device; a session that runs out leaves it.
import { forgetAll } from './device-store.js';

document.addEventListener('submit', ({ target }) => {
  if (target.getAttribute('action') !== '/session/end') return;
  navigator.serviceWorker?.controller?.postMessage('forget');
  forgetAll().catch(() => undefined);
});
