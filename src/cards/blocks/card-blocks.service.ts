import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { CardLocks, type LockedCard } from '../card-locks.service.js';
import type { BlockReason } from './block-reason.js';

export interface Blocking {
  number: string;
  /** A customer reaches only cards of their own. */
  actor: Actor;
  reason: BlockReason;
}

interface BlockInForce {
  id: string;
  actor_kind: Actor['kind'];
}

/** Stops a card at every till, and lets it work again (product L6). */
@Injectable()
export class CardBlocks {
  constructor(
    private readonly locks: CardLocks,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Blocks a sold or active card in the caller's transaction; a purchase that holds the card's account goes first. Doing
   * it twice does no more, but what a customer blocked others may take over: then only staff unblock it. Throws
   * card_not_found, card_not_sold, card_replaced.
   */
  async block(sql: Sql, { number, actor, reason }: Blocking): Promise<void> {
    const card = await this.lockUnreplaced(sql, number, actor);
    const block = await this.inForce(sql, number);
    if (card.state === 'blocked' && !takesOver(block, actor)) return;
    await this.lift(sql, number, actor);
    await sql.query(`update card set state = 'blocked' where number = $1`, [number]);
    await sql.query(
      `insert into card_block (id, card_number, reason, actor_kind, actor_id, blocked_at) values ($1, $2, $3, $4, $5, $6)`,
      [newId(), number, reason, actor.kind, actor.id ?? null, this.clock.now()],
    );
    await this.record(sql, 'card.blocked', number, actor, { reason });
  }

  /**
   * Lets the card work as before: active, or sold where it was not activated. Customers unblock what they blocked
   * themselves. Throws card_not_found, card_replaced, card_blocked_by_staff.
   */
  async unblock(sql: Sql, number: string, actor: Actor): Promise<void> {
    const card = await this.lockUnreplaced(sql, number, actor);
    if (card.state !== 'blocked') return;
    const block = await this.inForce(sql, number);
    if (actor.kind === 'customer' && block?.actor_kind !== 'customer') {
      throw new DomainError('card_blocked_by_staff', 'conflict');
    }
    await this.lift(sql, number, actor);
    await sql.query('update card set state = $2 where number = $1', [number, card.customerId ? 'active' : 'sold']);
    await this.record(sql, 'card.unblocked', number, actor, {});
  }

  /** Ends the block in force, if any, in the transaction that changes the card. */
  async lift(sql: Sql, number: string, actor: Actor): Promise<void> {
    await sql.query(
      `update card_block set lifted_at = greatest(blocked_at, $2), lifted_by_kind = $3, lifted_by_id = $4
       where card_number = $1 and lifted_at is null`,
      [number, this.clock.now(), actor.kind, actor.id ?? null],
    );
  }

  private async lockUnreplaced(sql: Sql, number: string, actor: Actor): Promise<LockedCard> {
    const card = await this.locks.lockCard(sql, number, actor);
    if (card.state === 'replaced') throw new DomainError('card_replaced', 'conflict');
    return card;
  }

  private async inForce(sql: Sql, number: string): Promise<BlockInForce | undefined> {
    const [block] = await sql.query<BlockInForce>(
      'select id, actor_kind from card_block where card_number = $1 and lifted_at is null',
      [number],
    );
    return block;
  }

  private record(sql: Sql, action: string, id: string, actor: Actor, facts: Record<string, unknown>): Promise<void> {
    return this.audit.record(sql, { actor, action, object: { kind: 'card', id }, facts });
  }
}

function takesOver(block: BlockInForce | undefined, actor: Actor): boolean {
  return actor.kind !== 'customer' && block?.actor_kind === 'customer';
}
