import { Injectable } from '@nestjs/common';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import type { BlockReason } from '../../cards/blocks/block-reason.js';
import { CardBlocks } from '../../cards/blocks/card-blocks.service.js';
import { CardReplacements } from '../../cards/replacements/card-replacements.service.js';
import { Database } from '../../infra/database/database.js';

/** What customers do with cards of their own. Each throws card_not_found for another's, LimitExceeded for too many a day. */
@Injectable()
export class CardCareDesk {
  private readonly limit: Limit = { name: 'card_care', points: 20, seconds: 86_400 };

  constructor(
    private readonly blocks: CardBlocks,
    private readonly replacements: CardReplacements,
    private readonly rates: RateLimits,
    private readonly database: Database,
  ) {}

  async block(customerId: string, number: string, reason: BlockReason): Promise<void> {
    await this.rates.consume(this.limit, customerId);
    const actor = { kind: 'customer', id: customerId } as const;
    await this.database.transaction((sql) => this.blocks.block(sql, { number, actor, reason }));
  }

  async unblock(customerId: string, number: string): Promise<void> {
    await this.rates.consume(this.limit, customerId);
    const actor = { kind: 'customer', id: customerId } as const;
    await this.database.transaction((sql) => this.blocks.unblock(sql, number, actor));
  }

  /** The plastic stops at once, the virtual card works at once; returns its number. */
  async replaceByVirtual(customerId: string, number: string): Promise<string> {
    await this.rates.consume(this.limit, customerId);
    const actor = { kind: 'customer', id: customerId } as const;
    const replacing = { old: number, actor, reason: 'lost' } as const;
    return this.database.transaction((sql) => this.replacements.replaceByVirtual(sql, replacing));
  }
}
