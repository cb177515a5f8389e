import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Logins } from '../../auth/logins/logins.service.js';
import { Customers } from '../../customers/customers.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { WriteSet } from '../../infra/database/write-set.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { moveWaitingClaims } from '../claims/claims-of-absorbed.js';
import { moveUses } from '../promotions/promotion-uses.js';
import { revokeAllDevices } from '../spending/spending-devices.service.js';

export interface Merge {
  /** Absorbed: their login ends, their phone leads nowhere. */
  fromId: string;
  /** Stays, with the points, cards and history of both. */
  intoId: string;
  staffId: string;
}

interface Moved {
  id: string;
  movedHundredths: bigint;
  cards: number;
}

interface Party {
  id: string;
  points_account_id: string;
  merged: boolean;
}

/** Two customers who are one person become one (product B3). */
@Injectable()
export class CustomerMerging {
  constructor(
    private readonly ledger: Ledger,
    private readonly logins: Logins,
    private readonly customers: Customers,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Moves points lot by lot, dates kept, what is held and owed with them, and all cards; fills the survivor's empty fields;
   * closes the absorbed login. All of it or nothing. Throws customer_not_found, customer_merge_same,
   * customer_already_merged.
   */
  async merge(merge: Merge): Promise<Moved> {
    if (merge.fromId === merge.intoId) throw new DomainError('customer_merge_same', 'conflict');
    return this.database.transaction(async (sql) => {
      // First the logins, as every activation does; then the accounts, as every purchase does: both in id order.
      await this.logins.lock(sql, [merge.fromId, merge.intoId]);
      const [from, into] = await this.findParties(sql, merge);
      const id = newId();
      const movedHundredths = await this.movePoints(sql, from, into, id);
      const cards = await this.moveCards(sql, from, into);
      await this.absorb(sql, merge);
      const moved = { id, movedHundredths, cards };
      await this.record(sql, merge, moved);
      return moved;
    });
  }

  private async findParties(sql: Sql, { fromId, intoId }: Merge): Promise<[Party, Party]> {
    const found = await sql.query<Party>(
      `select id, points_account_id, merged_into is not null as merged from customer where id = any($1)`,
      [[fromId, intoId]],
    );
    const [from, into] = [fromId, intoId].map((id) => found.find((party) => party.id === id));
    if (!from || !into) throw new DomainError('customer_not_found', 'not_found');
    if (from.merged || into.merged) throw new DomainError('customer_already_merged', 'conflict');
    return [from, into];
  }

  private async movePoints(sql: Sql, from: Party, into: Party, mergeId: string): Promise<bigint> {
    const accounts = [from.points_account_id, into.points_account_id];
    const now = this.clock.now();
    // Holds and debts move as well, so either account may be drawn from.
    const book = await this.ledger.open(sql, accounts, now, accounts);
    const cause = { subjectId: mergeId, occurredAt: now };
    const moved = book.moveAll(from.points_account_id, into.points_account_id, cause);
    const writes = new WriteSet();
    this.ledger.close(book, writes);
    await writes.flush(sql);
    await moveUses(sql, from.points_account_id, into.points_account_id);
    return moved;
  }

  /** Former numbers too: history goes by the cards. */
  private async moveCards(sql: Sql, from: Party, into: Party): Promise<number> {
    const cards = await sql.query(
      'update card set customer_id = $2, account_id = $3 where customer_id = $1 returning number',
      [from.id, into.id, into.points_account_id],
    );
    return cards.length;
  }

  private async absorb(sql: Sql, { fromId, intoId, staffId }: Merge): Promise<void> {
    await this.customers.absorb(sql, { fromId, intoId, actor: { kind: 'staff', id: staffId } });
    // Whoever was absorbed before comes along: one step leads from any of them to the survivor.
    await sql.query('update customer set merged_into = $2 where id = $1 or merged_into = $1', [fromId, intoId]);
    await this.logins.disable(sql, fromId);
    // A phone that shows codes for the absorbed cabinet shows them for nobody.
    await revokeAllDevices(sql, fromId, this.clock.now());
    await moveWaitingClaims(sql, fromId, intoId);
  }

  private async record(sql: Sql, { fromId, intoId, staffId }: Merge, moved: Moved): Promise<void> {
    await sql.query(
      `insert into customer_merge (id, from_customer_id, into_customer_id, moved_hundredths, cards, staff_id, merged_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [moved.id, fromId, intoId, moved.movedHundredths, moved.cards, staffId, this.clock.now()],
    );
    const actor = { kind: 'staff', id: staffId } as const;
    const facts = { merge: moved.id, cards: moved.cards };
    for (const [action, id, other] of [
      ['customer.merged', intoId, { from: fromId }],
      ['customer.absorbed', fromId, { into: intoId }],
    ] as const) {
      await this.audit.record(sql, { actor, action, object: { kind: 'customer', id }, facts: { ...other, ...facts } });
    }
  }
}
