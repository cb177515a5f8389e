import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { CardBlocks } from '../blocks/card-blocks.service.js';
import { CardLocks, type LockedCard } from '../card-locks.service.js';
import { CardNotFound } from '../cards.errors.js';
import { VirtualIssue } from '../virtual-issue.service.js';
import type { ReplacementReason } from './replacement-reason.js';

export interface Replacing {
  /** The number that stops working for good. */
  old: string;
  reason: ReplacementReason;
  /** A customer reaches only cards of their own. */
  actor: Actor;
}

/** Gives another number for a card: account, customer and history stay, the old number never works again (product L6). */
@Injectable()
export class CardReplacements {
  constructor(
    private readonly locks: CardLocks,
    private readonly blocks: CardBlocks,
    private readonly virtual: VirtualIssue,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Plastic for plastic: `next` is a printed card that was never sold. It is active, or sold where the old one was not
   * activated; a block ends with the old number. Throws card_not_found, card_not_sold, card_replaced, InvalidInput on `next`.
   */
  async replaceByPlastic(sql: Sql, { next, ...replacing }: Replacing & { next: string }): Promise<void> {
    const old = await this.lockPlastic(sql, replacing);
    await this.takeFree(sql, next);
    const active = old.customerId !== null;
    await sql.query(
      `update card set state = $2, account_id = $3, customer_id = $4, sold_at = $5, activated_at = $6 where number = $1`,
      [
        next,
        active ? 'active' : 'sold',
        old.accountId,
        old.customerId,
        this.clock.now(),
        active ? this.clock.now() : null,
      ],
    );
    await this.giveUp(sql, replacing, next);
  }

  /**
   * A virtual card for a plastic one, at once; returns its number. Throws card_not_found, card_not_sold, card_not_active,
   * card_replaced, and virtual_card_exists where blocking the plastic is enough.
   */
  async replaceByVirtual(sql: Sql, replacing: Replacing): Promise<string> {
    const { accountId, customerId } = await this.lockPlastic(sql, replacing);
    if (customerId === null) throw new DomainError('card_not_active', 'conflict');
    if (await this.virtual.active(sql, customerId)) throw new DomainError('virtual_card_exists', 'conflict');
    await this.expectMayLeave(sql, replacing);
    const next = await this.virtual.create(sql, { customerId, accountId }, replacing.actor);
    await this.giveUp(sql, replacing, next);
    return next;
  }

  /** Another number for a virtual card in use; returns it. Throws card_not_found for any other card. */
  async reissueVirtual(sql: Sql, replacing: Replacing): Promise<string> {
    const { kind, state, accountId, customerId } = await this.locks.lockCard(sql, replacing.old, replacing.actor);
    if (kind !== 'virtual' || state !== 'active' || customerId === null) throw new CardNotFound();
    const next = await this.virtual.create(sql, { customerId, accountId }, replacing.actor);
    await this.giveUp(sql, replacing, next);
    return next;
  }

  private async lockPlastic(sql: Sql, { old, actor }: Replacing): Promise<LockedCard> {
    const card = await this.locks.lockCard(sql, old, actor);
    if (card.kind !== 'plastic') throw new CardNotFound();
    if (card.state === 'replaced') throw new DomainError('card_replaced', 'conflict');
    return card;
  }

  /** What staff blocked a customer does not get around by another card. */
  private async expectMayLeave(sql: Sql, { old, actor }: Replacing): Promise<void> {
    if (actor.kind !== 'customer') return;
    const blocked = await sql.query(
      `select from card c left join card_block b on b.card_number = c.number and b.lifted_at is null
       where c.number = $1 and c.state = 'blocked' and b.actor_kind is distinct from 'customer'`,
      [old],
    );
    if (blocked.length > 0) throw new DomainError('card_blocked_by_staff', 'conflict');
  }

  /** Locked until the transaction ends, so that no till sells it meanwhile. */
  private async takeFree(sql: Sql, number: string): Promise<void> {
    const [card] = await sql.query<{ free: boolean }>(
      `select kind = 'plastic' and state in ('printed', 'at_station') as free from card where number = $1 for update`,
      [number],
    );
    if (!card) throw new InvalidInput([{ path: 'next', code: 'card_unknown' }]);
    if (!card.free) throw new InvalidInput([{ path: 'next', code: 'card_not_free' }]);
  }

  private async giveUp(sql: Sql, { old, reason, actor }: Replacing, next: string): Promise<void> {
    await this.blocks.lift(sql, old, actor);
    await sql.query(`update card set state = 'replaced' where number = $1`, [old]);
    // The name is the owner's word for what they carry, so it goes with them.
    await sql.query('update card set nickname = (select nickname from card where number = $1) where number = $2', [
      old,
      next,
    ]);
    await sql.query(
      `insert into card_replacement (old_number, new_number, reason, actor_kind, actor_id, replaced_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [old, next, reason, actor.kind, actor.id ?? null, this.clock.now()],
    );
    const facts = { reason, next };
    await this.audit.record(sql, { actor, action: 'card.replaced', object: { kind: 'card', id: old }, facts });
  }
}
