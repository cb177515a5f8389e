// Points appear on the page the moment the till has given them.
import { keepPoints } from './keep-card.js';
import { markSpent } from './spending-code.js';

const figure = document.querySelector('[data-live-points]');
const burning = document.querySelector('[data-live-burns]');
const arrived = document.querySelector('[data-arrived]');

if (figure && 'EventSource' in window) {
  const live = new window.EventSource('/cabinet/cards/live');
  live.addEventListener('points', ({ data }) => show(JSON.parse(data)));
  // The session is over: another try would only be sent to the log-in.
  live.addEventListener('over', () => live.close());
}

function show({ points, saved, message, burns, spent }) {
  figure.dataset.live = 'true';
  if (figure.textContent !== points) {
    figure.textContent = points;
    figure.classList.toggle('points-arrived', Boolean(message));
  }
  if (burning) {
    burning.hidden = burns === null;
    burning.querySelector('dt').textContent = burns?.name ?? '';
    burning.querySelector('dd').textContent = burns?.points ?? '';
  }
  markSpent(spent).catch(() => undefined);
  if (arrived && message) {
    arrived.textContent = message;
    arrived.hidden = false;
  }
  keepPoints(saved).catch(() => undefined);
}
