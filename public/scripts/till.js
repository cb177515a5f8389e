import { keypad } from './parts/till/keypad.js';
import { DoorClosed, Line, LineDown } from './parts/till/line.js';
import { Queue } from './parts/till/queue.js';
import { Screen } from './parts/till/screen.js';
import { Till } from './parts/till/till.js';
import { wordsIn } from './parts/till/figures.js';

const SESSION = 'till.session';
const IDLE_MS = 15 * 60_000;
const CLEAR_AFTER_S = 10;
const LOOK_EVERY_MS = { up: 30_000, down: 3_000 };
const SIGN_EVERY_MS = 60_000;

const root = document.querySelector('[data-till]');
const words = wordsIn(document.documentElement.lang, JSON.parse(root.dataset.texts));
const screen = new Screen(root, words);
const line = new Line();
const queue = new Queue(line);
let till;
let lastSign = Date.now();

start();

async function start() {
  const session = await known();
  if (!session) return;
  root.hidden = false;
  till = new Till({ root, screen, words, line, queue, session });
  keypad(screen.at('keys'), [...till.sums, till.own]);
  screen.shift(session);
  paint();
  line.onChange = paint;
  queue.onChange = paint;
  till.onResult = showResult;
  watch();
  await flush();
  keepForLater();
}

/** The server's word, or what it said last while the line is down. */
async function known() {
  try {
    return await refresh(false);
  } catch (error) {
    if (error instanceof DoorClosed) return leave(error.path);
    return JSON.parse(localStorage.getItem(SESSION) ?? 'null');
  }
}

/** Business time runs apart from this device's clock; the demo moves it. */
async function refresh(background) {
  const asked = Date.now();
  const state = await line.state({ background });
  const session = { ...state, ahead: Date.parse(state.now) - (asked + Date.now()) / 2 };
  localStorage.setItem(SESSION, JSON.stringify({ ...session, csrf: '' }));
  if (till) till.session = session;
  screen.shift(session);
  return session;
}

function paint() {
  const items = queue.items();
  screen.line(line.isUp, items);
  screen.queue(items, (key) => queue.remove(key));
}

async function flush() {
  await queue.flush({ background: true }).catch(closed);
}

/** Looks whether the line is there, more often while it is not; sends what waits. Never a sign of life by itself. */
function watch() {
  const look = async () => {
    try {
      if (Date.now() - lastSign >= IDLE_MS) return lock();
      await refresh(true);
      await flush();
    } catch (error) {
      closed(error);
    } finally {
      setTimeout(look, line.isUp && queue.waiting().length === 0 ? LOOK_EVERY_MS.up : LOOK_EVERY_MS.down);
    }
  };
  setTimeout(look, LOOK_EVERY_MS.down);
  window.addEventListener('online', () => refresh(true).then(flush).catch(closed));
  window.addEventListener('offline', () => line.note(false));
  // Another page of this till changed the queue.
  window.addEventListener('storage', paint);
  for (const sign of ['pointerdown', 'keydown']) document.addEventListener(sign, noteSign);
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && !screen.at('result').hidden) nextCustomer();
  });
}

function noteSign() {
  const before = lastSign;
  lastSign = Date.now();
  if (lastSign - before > SIGN_EVERY_MS) refresh(false).catch(closed);
}

/** Without a line nobody can check a PIN: the till waits for it. */
function lock() {
  if (line.isUp) return leave('/till/pin');
  screen.at('work').inert = true;
  screen.problem(words.say('locked'));
  return refresh(true).then(() => leave('/till/pin'));
}

function closed(error) {
  if (error instanceof DoorClosed) leave(error.path);
  else if (!(error instanceof LineDown)) throw error;
}

function leave(path) {
  location.assign(path);
}

let countdown;

function showResult(result) {
  screen.result(result);
  let left = CLEAR_AFTER_S;
  clearInterval(countdown);
  const tick = () => {
    screen.say('clears', words.say('clears', { seconds: left }));
    if (left <= 0) nextCustomer();
    left -= 1;
  };
  tick();
  countdown = setInterval(tick, 1000);
}

function nextCustomer() {
  clearInterval(countdown);
  till.clear();
}

function stay() {
  clearInterval(countdown);
  screen.say('clears', words.say('stays'));
}

screen.at('next-customer').addEventListener('click', nextCustomer);
screen.at('stay').addEventListener('click', stay);
screen.at('print').addEventListener('click', () => {
  stay();
  window.print();
});

/** So that the page opens while the line is down. */
async function keepForLater() {
  if (!('serviceWorker' in navigator) || !window.caches) return;
  // The ruble sign comes in a file of its own, which no text may have asked for yet.
  await document.fonts.load('1em "Golos Text Variable"', '₽').catch(() => undefined);
  navigator.serviceWorker.register('/till/worker.js', { scope: '/till' }).catch(() => undefined);
  const files = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'));
  caches
    .open('till')
    .then((cache) => cache.addAll(['/till', ...new Set(files.map(({ pathname }) => pathname))]))
    .catch(() => undefined);
}
