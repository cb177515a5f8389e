// The till's one screen: card, sums, quote, receipt, slip.
import { scan } from '../camera.js';
import { draft, linesOf, nextReceipt, referenceOf, totalOf } from './desk.js';
import { decimalOf, kopecksOf } from './figures.js';
import { DoorClosed, LineDown } from './line.js';
import { slipText } from './slip.js';
import { markWrong, unmarkMended } from './wrong-sums.js';

const FORMATS = ['ean_13', 'qr_code'];
const NOTHING = { card: null, quote: null };

export class Till {
  constructor({ root, screen, words, line, queue, session }) {
    Object.assign(this, { root, screen, words, line, queue, session, ...NOTHING });
    this.sums = [...root.querySelectorAll('[data-sum]')];
    this.own = root.querySelector('[data-own-sum]');
    this.listen();
    this.restore();
  }

  listen() {
    const { screen } = this;
    screen.at('find').addEventListener('submit', (event) => {
      event.preventDefault();
      this.run(() => this.find(screen.at('card-input').value));
    });
    screen.at('scan').addEventListener('click', () => this.run(() => this.scan()));
    screen.at('stop-scan').addEventListener('click', () => this.search?.abort());
    screen.at('other').addEventListener('click', () => this.otherCard());
    screen.at('sell').addEventListener('click', () => this.run(() => this.sell()));
    screen.at('receipt').addEventListener('input', () => this.changed());
    screen.at('receipt').addEventListener('submit', (event) => {
      event.preventDefault();
      this.run(() => (this.quote ? this.register() : this.ask()));
    });
    screen.at('clear').addEventListener('click', () => this.clear());
  }

  /** One thing at a time; what goes wrong is said on top. */
  async run(work) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.screen.problem(null);
    this.screen.busy(true);
    try {
      await work();
    } catch (error) {
      if (error instanceof DoorClosed) location.assign(error.path);
      else this.screen.problem(this.words.say(error instanceof LineDown ? 'needNetwork' : 'fault'));
    } finally {
      this.isBusy = false;
      this.screen.busy(false);
    }
  }

  async find(text, scanned = false) {
    const reference = referenceOf(text, scanned);
    if (reference === null) return this.screen.problem(this.words.say('badCard'));
    const answer = await this.online(() => this.line.call('GET', `cards/${encodeURIComponent(reference)}`));
    if (answer && answer.status !== 200) return this.refused(answer.body);
    this.take({ reference, known: answer?.body });
    this.sums[0].focus();
  }

  async scan() {
    this.search = new AbortController();
    this.screen.show('camera', true);
    this.screen.say('aim', this.words.say('aim'));
    try {
      const fits = (text) => referenceOf(text, true) !== null;
      const { scanner } = this.root.dataset;
      const search = { scanner, formats: FORMATS, fits, signal: this.search.signal };
      const text = await scan(this.screen.at('video'), search);
      if (text !== null) await this.find(text, true);
    } catch (error) {
      if (error instanceof DoorClosed) throw error;
      this.screen.problem(this.words.say('noCamera'));
    } finally {
      this.screen.show('camera', false);
    }
  }

  async sell() {
    const { say, money } = this.words;
    const { number } = this.card.known;
    const item = {
      ...{ kind: 'sale', key: crypto.randomUUID(), number, toPay: this.session.cardPrice },
      ...{ path: `cards/${number}/sale`, body: { shift: this.session.shift } },
    };
    if (!navigator.onLine) return this.screen.problem(say('needNetwork'));
    const { state, answer } = await this.send(item);
    if (state === 'refused') return this.refused(answer);
    if (state === 'waiting') return this.screen.problem(say('needNetwork'));
    await this.find(number);
    this.screen.say('why', say('sold', { number, price: money(answer.price) }));
  }

  /** What the receipt would come to. Without a line one may still earn. */
  async ask() {
    const { say } = this.words;
    const lines = linesOf(this.sums);
    if (!this.card) return this.missing('needCard', this.screen.at('card-input'));
    const wrong = markWrong(this.typed());
    if (wrong) return this.missing('badSum', wrong);
    if (!lines?.length) return this.missing('needSum', this.sums[0]);
    const redeem = this.redeem();
    if (redeem === null) return this.missing('needPoints', this.own);
    const receipt = { number: `W${this.session.device.number}-?`, at: this.now() };
    const body = { card: this.card.reference, receipt, lines, redeem, ...this.proof() };
    const { edition } = this;
    const answer = await this.online(() => this.line.call('POST', 'purchases/quote', { body }));
    // Something was changed meanwhile: this is the answer to another question.
    if (edition !== this.edition) return;
    if (answer && answer.status !== 200) return this.refused(answer.body);
    if (!answer && redeem !== '0.00') return this.screen.problem(say('redeemNeedsNetwork'));
    const total = decimalOf(totalOf(this.sums));
    this.quote = answer ? { ...answer.body, lines } : { offline: true, toPay: total, redeemed: '0.00', lines };
    this.screen.quote(this.quote, total);
    this.screen.at('go').focus();
  }

  /** The receipt gets its number and key and is kept before it is sent: from here on it cannot get lost or count twice. */
  async register() {
    const { toPay, redeemed, lines } = this.quote;
    if (Number(redeemed) > 0 && !navigator.onLine) {
      return this.screen.problem(this.words.say('redeemNeedsNetwork'));
    }
    const receipt = { number: nextReceipt(this.session.device), at: this.now() };
    const body = { card: this.card.reference, receipt, lines, redeem: redeemed, ...this.proof() };
    const item = {
      ...{ kind: 'purchase', key: crypto.randomUUID(), path: 'purchases', number: receipt.number, toPay },
      ...{ at: receipt.at, redeemed, body: { ...body, shift: this.session.shift } },
    };
    const { state, answer } = await this.send(item);
    if (state === 'refused') return this.refused(answer);
    draft.drop();
    this.onResult(this.resultOf(item, answer));
  }

  /** What became of the item, once it was tried. Whoever made it is told now, so it need not stay in the list. */
  async send(item) {
    this.queue.add(item);
    draft.drop();
    await this.queue.flush({ background: false });
    const { state, answer } = this.queue.items().find(({ key }) => key === item.key);
    if (state !== 'waiting') this.queue.remove(item.key);
    return { state, answer };
  }

  resultOf({ number, at, toPay, redeemed }, answer) {
    const { say, money } = this.words;
    const { station, timeZone } = this.session;
    const pay = say('pay', { toPay: money(answer?.toPay ?? toPay) });
    if (!answer) {
      const note = say(Number(redeemed) > 0 ? 'queuedRedeemNote' : 'queuedNote', { toPay: money(toPay) });
      return { title: say('queued'), pay: say('receiptNumber', { number }), note };
    }
    const head = { brand: this.root.dataset.brand, station, number, at, timeZone, toPay: answer.toPay };
    return { title: say('done'), pay, slip: slipText({ ...head, lines: answer.slip }) };
  }

  /** `null` where there is no line. */
  async online(call) {
    try {
      return await call();
    } catch (error) {
      if (error instanceof LineDown) return null;
      throw error;
    }
  }

  refused(answer) {
    // A rotating or SMS code of the customer's may be needed to spend.
    if (answer.code === 'proof_required') this.screen.show('proof', true);
    this.changed();
    this.screen.problem(this.words.refusal(answer));
  }

  missing(text, field) {
    this.screen.problem(this.words.say(text));
    field.focus();
  }

  /** The fields with sums that count now. */
  typed() {
    const isOwn = this.screen.at('receipt').elements.redeem.value === 'own';
    return isOwn ? [...this.sums, this.own] : this.sums;
  }

  /** `max`, points as a decimal, or null for what is none. */
  redeem() {
    const choice = this.screen.at('receipt').elements.redeem.value;
    if (choice !== 'own') return choice === 'max' ? 'max' : '0.00';
    const points = kopecksOf(this.own.value);
    return points ? decimalOf(points) : null;
  }

  proof() {
    const code = this.screen.at('proof-code').value.trim();
    return code ? { proof: code } : {};
  }

  now() {
    return new Date(Date.now() + this.session.ahead).toISOString();
  }

  take(card) {
    this.card = card;
    this.screen.card(card, this.session.cardPrice);
    this.changed();
  }

  otherCard() {
    this.take(null);
    this.screen.at('card-input').value = '';
    this.screen.at('card-input').focus();
  }

  changed() {
    const { screen, sums } = this;
    this.quote = null;
    unmarkMended([...sums, this.own]);
    this.edition = (this.edition ?? 0) + 1;
    const total = decimalOf(totalOf(sums));
    const redeem = screen.at('receipt').elements.redeem.value;
    screen.say('total', this.words.figure(total));
    screen.show('own', redeem === 'own');
    screen.quote(null, total);
    const typed = sums.map(({ value }) => value);
    draft.keep({ card: this.card, typed, redeem, own: this.own.value });
  }

  restore() {
    const kept = draft.read();
    if (!kept) return this.clear();
    kept.typed.forEach((value, index) => (this.sums[index].value = value));
    this.own.value = kept.own;
    this.screen.at('receipt').elements.redeem.value = kept.redeem;
    this.take(kept.card);
  }

  clear() {
    this.screen.at('receipt').reset();
    this.screen.show('proof', false);
    this.screen.problem(null);
    this.screen.show('result', false);
    this.screen.show('work', true);
    this.otherCard();
    draft.drop();
  }
}
