// At the till with the session over: the card on this device is one press away, no log-in needed.
import { read } from './device-store.js';

const link = document.querySelector('[data-kept-card]');

if (link && 'indexedDB' in window) {
  read('card').then(
    (card) => (link.hidden = !card),
    () => undefined,
  );
}
