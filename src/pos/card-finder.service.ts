import { Injectable } from '@nestjs/common';
import { CardNotFound } from '../cards/cards.errors.js';
import { CardRegister, type RegisteredCard } from '../cards/card-register.service.js';
import { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import type { CardReference } from '../loyalty/purchase.js';
import { spendingPayload } from '../loyalty/spending/rotating-code.js';
import { unprovenMost } from '../loyalty/spending/spending-policy.js';
import { SpendingProofs } from '../loyalty/spending/spending-proofs.service.js';
import { isCardNumber } from '../shared/ean13.js';
import { cardReference } from './card-reference.js';

export interface FoundCard {
  card: RegisteredCard;
  /** Whether it may pay with points as it was shown. */
  canRedeem: boolean;
}

/** Finds the card behind what a cashier scanned or typed. */
@Injectable()
export class CardFinder {
  constructor(
    private readonly cards: CardRegister,
    private readonly proofs: SpendingProofs,
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  /** Throws CardNotFound. */
  async find(terminalId: string, text: string): Promise<FoundCard> {
    const reference = cardReference(text);
    const card = await this.look(reference);
    if (card === undefined) {
      throw new CardNotFound();
    }
    const most = unprovenMost(reference, this.config.programme.redeemStaticUpToHundredths);
    const canRedeem = card.state === 'active' && (most !== 0n || (await this.proves(terminalId, reference, text)));
    return { card, canRedeem };
  }

  /** The QR code of this minute proves by itself, unless it has spent already. */
  private async proves(terminalId: string, card: CardReference, text: string): Promise<boolean> {
    const proof = spendingPayload(text) && (await this.proofs.examine({ terminalId, card, text }));
    return proof !== null && this.proofs.isFresh(this.database, proof);
  }

  private async look(reference: CardReference): Promise<RegisteredCard | undefined> {
    if ('phone' in reference) {
      return (await this.cards.byPhones(this.database, [reference.phone])).get(reference.phone);
    }
    const { number } = reference;
    return isCardNumber(number) ? (await this.cards.byNumbers(this.database, [number])).get(number) : undefined;
  }
}
