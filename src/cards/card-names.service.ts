import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Database } from '../infra/database/database.js';
import { CardNotFound } from './cards.errors.js';

export interface CardNaming {
  customerId: string;
  number: string;
  /** One line of at most 40 characters; null takes the name away. */
  nickname: string | null;
}

/** Names that customers give to cards, to tell several apart. Staff see them; tills do not. */
@Injectable()
export class CardNames {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** Throws card_not_found for another's card and for one that works no longer. */
  async name({ customerId, number, nickname }: CardNaming): Promise<void> {
    await this.database.transaction(async (sql) => {
      const named = await sql.query(
        `update card set nickname = $3
         where number = $1 and customer_id = $2 and state in ('active', 'blocked') returning number`,
        [number, customerId, nickname],
      );
      if (named.length === 0) throw new CardNotFound();
      const actor = { kind: 'customer', id: customerId } as const;
      const facts = { named: nickname !== null };
      await this.audit.record(sql, { actor, action: 'card.named', object: { kind: 'card', id: number }, facts });
    });
  }
}
