// Puts what is known onto the page; decides nothing.

const CAN = {
  sold: 'whySold',
  blocked: 'whyBlocked',
  replaced: 'whyBlocked',
  printed: 'whyPrinted',
  at_station: 'whyPrinted',
};

export class Screen {
  constructor(root, words) {
    this.root = root;
    this.words = words;
  }

  at(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  say(name, text) {
    this.at(name).textContent = text;
  }

  show(name, shown) {
    this.at(name).hidden = !shown;
  }

  problem(text) {
    this.say('problem', text ?? '');
    this.show('problem', Boolean(text));
    if (text) this.at('problem').scrollIntoView({ block: 'nearest' });
  }

  shift({ station, terminal, cashier, csrf }) {
    this.say('station', station);
    this.say('terminal', terminal);
    this.say('cashier', cashier);
    this.at('csrf').value = csrf ?? '';
  }

  line(isUp, items) {
    const { say, counted } = this.words;
    const waiting = items.filter(({ state }) => state === 'waiting').length;
    const refused = items.filter(({ state }) => state === 'refused').length;
    const place = this.at('line');
    place.dataset.state = refused > 0 ? 'refused' : isUp && waiting === 0 ? 'up' : 'down';
    place.textContent = [
      say(isUp ? 'online' : 'offline'),
      ...(waiting > 0 ? [counted('waiting', waiting)] : []),
      ...(refused > 0 ? [counted('refused', refused)] : []),
    ].join(' · ');
  }

  /** The card that was found, one that the line keeps us from looking up, or none. */
  card(card, cardPrice) {
    this.show('find', !card);
    this.show('found', Boolean(card));
    if (!card) return;
    const { say, points, money } = this.words;
    const { known } = card;
    this.say('holder', known ? (known.holder ?? say('holderUnknown')) : card.reference);
    this.say('number', known ? spaced(known.number) : '');
    this.say('balance', known ? say('balance', { points: points(known.balance.available) }) : '');
    this.say('may', say(known?.canRedeem ? 'canRedeem' : 'earnOnly'));
    this.at('may').classList.toggle('tag--success', Boolean(known?.canRedeem));
    this.say('why', known ? (known.canRedeem ? '' : say(CAN[known.state] ?? 'whyPhone')) : say('whyOffline'));
    const forSale = known !== undefined && ['printed', 'at_station'].includes(known.state);
    this.show('sell', forSale);
    this.say('sell', say('sell', { price: money(cardPrice) }));
    this.say('other', say('otherCard'));
  }

  /** What the receipt comes to, and the button that makes it so; null before it was asked. */
  quote(quote, total) {
    const { say, money, points } = this.words;
    const toPay = money(quote?.toPay ?? total);
    const text = !quote
      ? ''
      : quote.offline
        ? say('quotedOffline', { toPay })
        : say(Number(quote.redeemed) > 0 ? 'quoted' : 'quotedEarn', {
            ...{ toPay, redeemed: points(quote.redeemed), earned: points(quote.earned) },
          });
    this.say('quote', text);
    const go = this.at('go');
    go.dataset.quote ??= go.textContent;
    go.textContent = quote ? say(quote.offline ? 'confirmOffline' : 'confirm', { toPay }) : go.dataset.quote;
  }

  busy(isBusy) {
    this.at('go').disabled = isBusy;
    this.at('sell').disabled = isBusy;
  }

  result({ title, pay, note, slip }) {
    this.show('work', false);
    this.show('result', true);
    this.say('result-title', title);
    this.say('pay', pay);
    this.say('result-note', note ?? '');
    this.show('result-note', Boolean(note));
    this.say('slip', slip ?? '');
    this.show('slip', Boolean(slip));
    this.show('print', Boolean(slip));
    this.at('result').focus();
  }

  queue(items, understood) {
    this.show('queue', items.length > 0);
    this.at('items').replaceChildren(...items.map((item) => this.item(item, understood)));
  }

  item(item, understood) {
    const { say } = this.words;
    const line = document.createElement('li');
    line.className = `till__item till__item--${item.state}`;
    const name = { waiting: 'itemWaiting', done: 'itemDone', refused: 'itemRefused' }[item.state];
    line.append(element('strong', this.nameOf(item)), element('span', say(name), 'till__state'));
    if (item.state === 'refused') {
      const next = item.kind === 'purchase' ? [say('refusedNext')] : [];
      line.append(element('p', [this.words.refusal(item.answer), ...next].join(' ')));
    }
    if (item.state !== 'waiting') {
      const button = element('button', say('understood'), 'button button--soft button--small');
      button.type = 'button';
      button.addEventListener('click', () => understood(item.key));
      line.append(button);
    }
    return line;
  }

  nameOf({ kind, number, toPay }) {
    const { say, money } = this.words;
    return kind === 'sale'
      ? say('itemSale', { card: spaced(number) })
      : say('itemPurchase', { number, toPay: money(toPay) });
  }
}

function element(tag, text, className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function spaced(number) {
  return number.replace(/^(\d{4})(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3 $4');
}
