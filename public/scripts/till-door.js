// Before the till opens, and after a manager took the device off: what it has not sent is shown, whatever becomes of it.
import { wordsIn } from './parts/till/figures.js';
import { Queue } from './parts/till/queue.js';

const place = document.querySelector('[data-unsent]');
const left = new Queue(null).items().filter(({ state }) => state !== 'done');

if (place && left.length > 0) show();

function show() {
  const language = document.documentElement.lang;
  const words = wordsIn(language, JSON.parse(place.dataset.texts));
  place.querySelector('[data-items]').append(...left.map((item) => lineOf(item, words, language)));
  place.querySelector('[data-print]').addEventListener('click', () => window.print());
  place.hidden = false;
}

function lineOf(item, words, language) {
  const line = document.createElement('li');
  line.className = `till__item till__item--${item.state}`;
  line.append(element('strong', nameOf(item, words)), element('span', detailOf(item, words, language), 'till__state'));
  if (item.state === 'refused') line.append(element('p', words.refusal(item.answer)));
  return line;
}

function nameOf({ kind, number, toPay }, { say, money }) {
  return kind === 'sale'
    ? say('itemSale', { card: `··· ${number.slice(-4)}` })
    : say('itemPurchase', { number, toPay: money(toPay) });
}

/** When, and the end of the card's number: the page is anybody's to read. */
function detailOf({ kind, at, body }, { say }, language) {
  const card = kind === 'purchase' ? say('itemCard', { card: body.card.slice(-4) }) : null;
  const when = at && new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));
  return [when, card].filter(Boolean).join(' · ');
}

function element(tag, text, className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}
