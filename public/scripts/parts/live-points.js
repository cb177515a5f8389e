// Points appear on the page the moment the till has given them.
import { keepPoints } from './keep-card.js';

const figure = document.querySelector('[data-live-points]');
const arrived = document.querySelector('[data-arrived]');

if (figure && 'EventSource' in window) {
  const live = new window.EventSource('/cabinet/cards/live');
  live.addEventListener('points', ({ data }) => show(JSON.parse(data)));
  // The session is over: another try would only be sent to the log-in.
  live.addEventListener('over', () => live.close());
}

function show({ points, saved, message }) {
  figure.dataset.live = 'true';
  if (figure.textContent !== points) {
    figure.textContent = points;
    figure.classList.toggle('points-arrived', Boolean(message));
  }
  if (arrived && message) {
    arrived.textContent = message;
    arrived.hidden = false;
  }
  keepPoints(saved).catch(() => undefined);
}
