import { Injectable } from '@nestjs/common';
import { text, type Language } from '../infra/i18n/texts.js';
import { Clock } from '../shared/clock.js';
import { LedElsewhere } from '../infra/web/led-elsewhere.js';
import { DomainError } from '../shared/domain-error.js';
import { drawEan13 } from './card-code.js';
import { type DrawnCode, drawQr } from '../shared/qr-code.js';
import { type PhonePart, PhoneParts } from './phone/phone-part.service.js';
import { type PointsSummary, pointsSummary } from './points-summary.js';
import { type CardRow, CardQueries } from './queries/cards.queries.js';
import { OverviewQueries } from './queries/overview.queries.js';

export interface CardPage {
  balance: PointsSummary;
  /** What is shown to the cashier; null where there is none yet. */
  card: ShownCard | null;
  others: ListedCard[];
  /** Numbers that work no longer. */
  gone: ListedCard[];
  hasVirtual: boolean;
  phone: PhonePart;
}

export interface ListedCard {
  number: string;
  path: string;
  kindName: string;
  /** What its owner calls it, else its kind. */
  title: string;
  nickname: string | null;
  /** Only what works or may work again has use for a name. */
  namePath: string | null;
  /** Only a virtual card in use can have another number at once. */
  reissuePath: string | null;
  /** What its owner can do with it now; null where they cannot. */
  care: CardCare;
  virtual: boolean;
  active: boolean;
  blocked: boolean;
  replacedBy: string | null;
}

export interface CardCare {
  block: string | null;
  unblock: string | null;
  /** A virtual card instead of a lost plastic one. */
  virtual: string | null;
}

interface ShownCard extends ListedCard {
  /** Only of a card that tills take. */
  codes: { ean: DrawnCode; qr: DrawnCode } | null;
}

/** `/cabinet/cards`: the card in the customer's hand, on the screen. */
@Injectable()
export class CardPages {
  constructor(
    private readonly cards: CardQueries,
    private readonly overviews: OverviewQueries,
    private readonly phones: PhoneParts,
    private readonly clock: Clock,
  ) {}

  /** The given card, else the one that a till would find first. Another's card is not found. */
  async show(customerId: string, language: Language, number?: string): Promise<CardPage> {
    const now = this.clock.now();
    const [overview, rows, phone] = await Promise.all([
      this.overviews.overview(customerId, now),
      this.cards.cards(customerId),
      this.phones.of(customerId),
    ]);
    const cards = listedAll(rows, language);
    const shown = number === undefined ? cards.find(isUsed) : cards.find((card) => card.number === number);
    if (number !== undefined && !shown) throw new DomainError('card_not_found', 'not_found');
    return {
      balance: pointsSummary(overview, now),
      card: shown ? withCodes(shown) : null,
      others: cards.filter((card) => card !== shown && isUsed(card)),
      gone: cards.filter((card) => card !== shown && !isUsed(card)),
      hasVirtual: cards.some(({ virtual, active }) => virtual && active),
      phone,
    };
  }

  /**
   * A virtual card whose number may be changed for another; of any other card of theirs, whoever asks is led to what came
   * for it or to itself.
   */
  async reissuable(customerId: string, language: Language, number: string): Promise<ListedCard> {
    const card = await this.own(customerId, language, number);
    if (!card.reissuePath) throw new LedElsewhere(card.replacedBy ? `/cabinet/cards/${card.replacedBy}` : card.path);
    return card;
  }

  /** A card of theirs that works or may work again. */
  async nameable(customerId: string, language: Language, number: string): Promise<ListedCard> {
    const card = await this.own(customerId, language, number);
    if (!card.namePath) throw new DomainError('card_not_found', 'not_found');
    return card;
  }

  /** A card of theirs in any state. Another's card is not found. */
  async own(customerId: string, language: Language, number: string): Promise<ListedCard> {
    const card = listedAll(await this.cards.cards(customerId), language).find((each) => each.number === number);
    if (!card) throw new DomainError('card_not_found', 'not_found');
    return card;
  }
}

function isUsed({ active, blocked }: ListedCard): boolean {
  return active || blocked;
}

function listedAll(rows: readonly CardRow[], language: Language): ListedCard[] {
  const hasVirtual = rows.some(({ kind, state }) => kind === 'virtual' && state === 'active');
  return rows.map((row) => listed(row, hasVirtual, language));
}

function listed(row: CardRow, hasVirtual: boolean, language: Language): ListedCard {
  const { number, kind, nickname, state, replaced_by } = row;
  const kindName = text(language, `cabinet:cardKind.${kind}`);
  const [virtual, active] = [kind === 'virtual', state === 'active'];
  const path = `/cabinet/cards/${number}`;
  return {
    ...{ number, path, virtual, active, blocked: state === 'blocked', replacedBy: replaced_by },
    ...{ kindName, nickname, title: nickname ?? kindName },
    namePath: active || state === 'blocked' ? `${path}/name` : null,
    reissuePath: virtual && active ? `${path}/reissue` : null,
    care: careOf(row, path, hasVirtual),
  };
}

/** What staff blocked only staff unblock. */
function careOf({ kind, state, blocked_by }: CardRow, path: string, hasVirtual: boolean): CardCare {
  const blockedByOwner = state === 'blocked' && blocked_by === 'customer';
  const replaceable = kind === 'plastic' && !hasVirtual && (state === 'active' || blockedByOwner);
  return {
    block: state === 'active' ? `${path}/block` : null,
    unblock: blockedByOwner ? `${path}/unblock` : null,
    virtual: replaceable ? `${path}/virtual` : null,
  };
}

function withCodes(card: ListedCard): ShownCard {
  return { ...card, codes: card.active ? { ean: drawEan13(card.number), qr: drawQr(card.number) } : null };
}
