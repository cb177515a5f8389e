import { Injectable } from '@nestjs/common';
import { type BlockReason, blockReasons } from '../../cards/blocks/block-reason.js';
import { CardBlocks } from '../../cards/blocks/card-blocks.service.js';
import { CardNotFound } from '../../cards/cards.errors.js';
import { CardReplacements } from '../../cards/replacements/card-replacements.service.js';
import { type ReplacementReason, replacementReasons } from '../../cards/replacements/replacement-reason.js';
import { Database } from '../../infra/database/database.js';
import { text, type Language } from '../../infra/i18n/texts.js';
import type { Actor } from '../../shared/actor.js';
import { isCardNumber } from '../../shared/ean13.js';
import { fullName } from '../full-name.js';
import { CardQueries } from '../queries/cards.queries.js';

interface Choice {
  value: string;
  name: string;
}

/** What staff do with a card, on record with their name. */
@Injectable()
export class CardCareDesk {
  constructor(
    private readonly queries: CardQueries,
    private readonly blocks: CardBlocks,
    private readonly replacements: CardReplacements,
    private readonly database: Database,
  ) {}

  /** What a page asks about before anything is done. `from=customer` leads back to the owner's page. */
  async ask(number: string, language: Language, from: unknown): Promise<object> {
    const card = isCardNumber(number) ? await this.queries.card(number) : undefined;
    if (!card) throw new CardNotFound();
    const back = backTo(number, card.customer_id, from);
    const named = (values: readonly string[]): Choice[] =>
      values.map((value) => ({ value, name: text(language, `cards:care.reasons.${value}`) }));
    return {
      card: { ...card, fullName: fullName(card) },
      back,
      from: from === 'customer' ? from : null,
      blockReasons: named(blockReasons),
      replacementReasons: named(replacementReasons),
    };
  }

  /** Where the clerk came from: the owner's page, else the card's. */
  async wayBack(number: string, from: unknown): Promise<string> {
    const card = await this.queries.card(number);
    return backTo(number, card?.customer_id ?? null, from);
  }

  async block(number: string, reason: BlockReason, actor: Actor): Promise<void> {
    await this.database.transaction((sql) => this.blocks.block(sql, { number, actor, reason }));
  }

  async unblock(number: string, actor: Actor): Promise<void> {
    await this.database.transaction((sql) => this.blocks.unblock(sql, number, actor));
  }

  async replaceByPlastic(old: string, next: string, reason: ReplacementReason, actor: Actor): Promise<void> {
    await this.database.transaction((sql) => this.replacements.replaceByPlastic(sql, { old, next, reason, actor }));
  }

  replaceByVirtual(old: string, reason: ReplacementReason, actor: Actor): Promise<string> {
    return this.database.transaction((sql) => this.replacements.replaceByVirtual(sql, { old, reason, actor }));
  }
}

function backTo(number: string, customerId: string | null, from: unknown): string {
  return from === 'customer' && customerId !== null ? `/admin/customers/${customerId}#cards` : `/admin/cards/${number}`;
}
