import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { SYSTEM } from '../../shared/actor.js';
import { CardBlocks } from '../blocks/card-blocks.service.js';
import { type Eraser, type Leaver, PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';

const CARDS = `
  select number as key, json_build_object('number', number, 'kind', kind, 'state', state, 'nickname', nickname,
    'soldAt', sold_at, 'activatedAt', activated_at) as row
  from card where customer_id = any($1) and ($2::text is null or number > $2::text) order by number`;
const BLOCKS = `
  select b.id as key, json_build_object('card', b.card_number, 'reason', b.reason, 'by', b.actor_kind,
    'blockedAt', b.blocked_at, 'liftedAt', b.lifted_at) as row
  from card_block b join card on card.number = b.card_number
  where card.customer_id = any($1) and ($2::uuid is null or b.id > $2::uuid) order by b.id`;
const REPLACEMENTS = `
  select r.old_number as key, json_build_object('card', r.old_number, 'newCard', r.new_number, 'reason', r.reason,
    'by', r.actor_kind, 'replacedAt', r.replaced_at) as row
  from card_replacement r join card on card.number = r.old_number
  where card.customer_id = any($1) and ($2::text is null or r.old_number > $2::text) order by r.old_number`;

/** Their cards, former numbers too, and what happened to them. */
@Injectable()
export class CardData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
    private readonly blocks: CardBlocks,
  ) {}

  onModuleInit(): void {
    this.personal.on(
      sqlPart(this.database, 'cards', CARDS),
      sqlPart(this.database, 'cardBlocks', BLOCKS),
      sqlPart(this.database, 'cardReplacements', REPLACEMENTS),
    );
    this.personal.erasedBy(this);
  }

  /** Their cards stop at every till; numbers stay, for the books go by them. */
  async erase(sql: Sql, { ids }: Leaver): Promise<void> {
    const cards = await sql.query<{ number: string }>(
      `select number from card where customer_id = any($1) and state in ('active', 'blocked') order by number`,
      [ids],
    );
    for (const { number } of cards) await this.blocks.block(sql, { number, actor: SYSTEM, reason: 'other' });
    await sql.query('update card set nickname = null where customer_id = any($1) and nickname is not null', [ids]);
  }
}
