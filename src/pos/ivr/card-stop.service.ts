import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { CardBlocked, CardNotFound } from '../../cards/cards.errors.js';
import { CardRegister } from '../../cards/card-register.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { Ledger } from '../../ledger/ledger.service.js';
import type { Actor } from '../../shared/actor.js';

/** Stops a card at its owner's word by telephone. */
@Injectable()
export class CardStop {
  constructor(
    private readonly cards: CardRegister,
    private readonly ledger: Ledger,
    private readonly audit: AuditLog,
  ) {}

  /** Blocks an active card under its account's lock; one that is blocked already stays so. `card_blocked` where it was replaced. */
  async blockCard(sql: Sql, number: string, actor: Actor): Promise<void> {
    const found = await this.find(sql, number);
    if (found.accountId !== null) await this.ledger.lock(sql, found.accountId);
    const { state } = await this.find(sql, number);
    if (state === 'blocked') return;
    if (state !== 'active') throw new CardBlocked();
    await sql.query(`update card set state = 'blocked' where number = $1`, [number]);
    const object = { kind: 'card', id: number };
    await this.audit.record(sql, { actor, action: 'card.blocked', object, facts: { by: 'ivr' } });
  }

  private async find(sql: Sql, number: string): Promise<{ accountId: string | null; state: string }> {
    const card = (await this.cards.byNumbers(sql, [number])).get(number);
    if (!card) throw new CardNotFound();
    return card;
  }
}
