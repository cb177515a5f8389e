// Writes stand here with their keys from before they are sent until their answer is known: neither a broken line nor a
// closed page loses one, and sending one again is the same call.
import { LineDown } from './line.js';

const PLACE = 'till.queue';
/** Answers of items that had to wait stay to be read; so many of them. */
const MOST_DONE = 20;

export class Queue {
  onChange = () => {};

  constructor(line) {
    this.line = line;
  }

  items() {
    return JSON.parse(localStorage.getItem(PLACE) ?? '[]');
  }

  waiting() {
    return this.items().filter(({ state }) => state === 'waiting');
  }

  add(item) {
    this.keep([...this.items(), { ...item, state: 'waiting' }]);
  }

  change(key, changes) {
    this.keep(this.items().map((item) => (item.key === key ? { ...item, ...changes } : item)));
  }

  remove(key) {
    this.keep(this.items().filter((item) => item.key !== key));
  }

  /** Sends what waits, in order, and stops where the line breaks. One page at a time; a second one waits for the first. */
  async flush({ background }) {
    await navigator.locks.request(PLACE, async () => {
      for (const item of this.waiting()) {
        const answer = await this.send(item, background);
        if (answer === null) return;
        this.change(item.key, answer);
      }
    });
  }

  async send({ path, body, key }, background) {
    let answer;
    try {
      answer = await this.line.call('POST', path, { body, key, background });
    } catch (error) {
      if (error instanceof LineDown) return null;
      throw error;
    }
    const { status } = answer;
    if (status < 300) return { state: 'done', answer: answer.body };
    const later = status === 403 || status === 429 || status >= 500 || answer.body.code === 'idempotency_in_progress';
    return later ? null : { state: 'refused', answer: answer.body };
  }

  keep(items) {
    const done = items.filter(({ state }) => state === 'done');
    const old = new Set(done.slice(0, Math.max(0, done.length - MOST_DONE)));
    localStorage.setItem(PLACE, JSON.stringify(items.filter((item) => !old.has(item))));
    this.onChange();
  }
}
