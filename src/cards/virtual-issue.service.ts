import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { randomCardNumber } from '../shared/ean13.js';
import { CardLocks } from './card-locks.service.js';

export interface VirtualCardOwner {
  customerId: string;
  accountId: string;
}

/** Makes virtual cards, under their account's lock. */
@Injectable()
export class VirtualIssue {
  constructor(
    private readonly locks: CardLocks,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** One a customer: the one they have, or a new one. Returns its number. */
  async issue(sql: Sql, customerId: string): Promise<string> {
    const accountId = await this.locks.lockCustomer(sql, customerId);
    const actor = { kind: 'customer', id: customerId } as const;
    return (await this.active(sql, customerId)) ?? this.create(sql, { customerId, accountId }, actor);
  }

  /** The virtual card in use; whoever was merged may have several, then the newest. */
  async active(sql: Sql, customerId: string): Promise<string | undefined> {
    const [card] = await sql.query<{ number: string }>(
      `select number from card where customer_id = $1 and kind = 'virtual' and state = 'active'
       order by activated_at desc limit 1`,
      [customerId],
    );
    return card?.number;
  }

  /** The caller holds the account's lock. Random numbers may be taken already; of a hundred million hardly twice in a row. */
  async create(sql: Sql, { customerId, accountId }: VirtualCardOwner, actor: Actor): Promise<string> {
    for (;;) {
      const number = randomCardNumber();
      const created = await sql.query(
        `insert into card (number, kind, state, account_id, customer_id, sold_at, activated_at)
         values ($1, 'virtual', 'active', $2, $3, $4, $4) on conflict (number) do nothing returning number`,
        [number, accountId, customerId, this.clock.now()],
      );
      if (created.length > 0) {
        await this.audit.record(sql, { actor, action: 'card.issued', object: { kind: 'card', id: number } });
        return number;
      }
    }
  }
}
