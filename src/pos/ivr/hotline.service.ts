import { Injectable } from '@nestjs/common';
import { CardBlocks } from '../../cards/blocks/card-blocks.service.js';
import { CardBlocked, CardNotFound } from '../../cards/cards.errors.js';
import type { CardState } from '../../cards/card-state.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { PointsReader } from '../../loyalty/points-reader.service.js';
import { Clock } from '../../shared/clock.js';
import { phoneOrNull } from '../../shared/phone.js';
import { balanceAnswer } from '../answers.js';
import type { IvrBalanceAnswer, IvrBlockAnswer } from './dto.js';
import { balanceSpeech, blockSpeech } from './speech.js';

/** What a caller hears of their card and may have done to it; the caller's number is the proof that it is theirs. */
@Injectable()
export class Hotline {
  constructor(
    private readonly points: PointsReader,
    private readonly blocks: CardBlocks,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** `card_not_found` unless the card's owner has this phone. */
  async balance(phone: string, card: string): Promise<IvrBalanceAnswer> {
    const { accountId } = await owned(this.database, phone, card);
    const now = this.clock.now();
    const { timeZone } = this.config;
    const points = await this.points.balance(this.database, accountId, now);
    const { available, expiring } = balanceAnswer(points, timeZone);
    return { balance: available, expiring, speech: balanceSpeech(points, timeZone, now) };
  }

  /** Blocks it as its owner would in the cabinet, who may unblock it there; `card_blocked` where it was replaced. */
  async block(sql: Sql, phone: string, card: string): Promise<IvrBlockAnswer> {
    const { number, customerId, state } = await owned(sql, phone, card);
    if (state === 'replaced') throw new CardBlocked();
    await this.blocks.block(sql, { number, actor: { kind: 'customer', id: customerId }, reason: 'lost' });
    return { number, state: 'blocked', speech: blockSpeech() };
  }
}

interface OwnedCard {
  number: string;
  accountId: string;
  customerId: string;
  state: CardState;
}

/** One answer for a card that does not exist, one that belongs to another and one that belongs to nobody yet. */
async function owned(sql: Sql, spelling: string, card: string): Promise<OwnedCard> {
  const [found] = await sql.query<{ number: string; account_id: string; customer_id: string; state: CardState }>(
    `select c.number, c.account_id, c.customer_id, c.state from card c join login l on l.id = c.customer_id
     where c.number = $1 and l.phone = $2`,
    [card.replace(/[\s-]/g, ''), phoneOrNull(spelling)],
  );
  if (!found) throw new CardNotFound();
  const { number, account_id: accountId, customer_id: customerId, state } = found;
  return { number, accountId, customerId, state };
}
