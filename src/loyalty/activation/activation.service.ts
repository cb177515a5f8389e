import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import type { JoinedCustomer } from '../../customers/customers.service.js';
import { CardRegister, type RegisteredCard } from '../../cards/card-register.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { WriteSet } from '../../infra/database/write-set.js';
import type { Language } from '../../infra/i18n/texts.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { Clock } from '../../shared/clock.js';
import { moveUses } from '../promotions/promotion-uses.js';
import { CardCannotBeActivated } from './activation.errors.js';
import type { Enrolment, PendingApplication } from './applications.service.js';
import { Newcomers } from './newcomers.service.js';

interface MovedPoints {
  /** Gathered before the activation, now the customer's. */
  movedHundredths: bigint;
  /** The card's own account: what happened on it is the customer's history from here on. */
  movedFromAccountId: string;
}

export type ActivatedCard = Enrolment & MovedPoints;

/** Joins a sold plastic card to the customer whose phone was confirmed (product L3, L5). */
@Injectable()
export class Activation {
  constructor(
    private readonly newcomers: Newcomers,
    private readonly cards: CardRegister,
    private readonly ledger: Ledger,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The sold card behind a typed number; throws CardCannotBeActivated. */
  async findSoldCard(sql: Sql, number: string): Promise<RegisteredCard & { accountId: string }> {
    const card = (await this.cards.byNumbers(sql, [number])).get(number);
    switch (card?.state) {
      case 'sold':
        return card as RegisteredCard & { accountId: string };
      case 'printed':
      case 'at_station':
        throw new CardCannotBeActivated('card_not_sold_yet');
      case 'active':
        throw new CardCannotBeActivated('card_already_active');
      case 'blocked':
      case 'replaced':
        throw new CardCannotBeActivated('card_blocked');
      case undefined:
        throw new CardCannotBeActivated('card_unknown');
    }
  }

  /** The code was right: customer, card, points and consents in the caller's transaction, or nothing. */
  async activateCard(sql: Sql, application: PendingApplication, language: Language): Promise<ActivatedCard> {
    const number = application.cardNumber!;
    const joined = await this.newcomers.welcome(sql, application, language);
    const moved = await this.takeOver(sql, number, joined, application.id);
    await this.audit.record(sql, {
      actor: { kind: 'customer', id: joined.customerId },
      action: 'card.activated',
      object: { kind: 'card', id: number },
    });
    return { customerId: joined.customerId, number, ...moved };
  }

  /** The card's own account is emptied into the customer's, dates of the lots kept; from here on the card shows that. */
  private async takeOver(sql: Sql, number: string, to: JoinedCustomer, activationId: string): Promise<MovedPoints> {
    const { accountId } = await this.findSoldCard(sql, number);
    const now = this.clock.now();
    const accounts = [accountId, to.pointsAccountId];
    const book = await this.ledger.open(sql, accounts, now, accounts);
    // Whoever changes a card holds its account's lock; what they changed before we got it shows only now.
    await this.findSoldCard(sql, number);
    const cause = { subjectId: activationId, occurredAt: now };
    const movedHundredths = book.moveAll(accountId, to.pointsAccountId, cause);
    const writes = new WriteSet();
    this.ledger.close(book, writes);
    await writes.flush(sql);
    // What promotions gave on the card counts for whoever activated it, and goes with them into a merge.
    await moveUses(sql, accountId, to.pointsAccountId);
    await sql.query(
      `update card set state = 'active', customer_id = $2, account_id = $3, activated_at = $4 where number = $1`,
      [number, to.customerId, to.pointsAccountId, now],
    );
    // Numbers that this one came for: their purchases are the customer's history too.
    await sql.query(`update card set customer_id = $2, account_id = $3 where account_id = $1 and state = 'replaced'`, [
      ...[accountId, to.customerId, to.pointsAccountId],
    ]);
    return { movedHundredths, movedFromAccountId: accountId };
  }
}
