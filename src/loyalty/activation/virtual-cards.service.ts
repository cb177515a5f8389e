import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { randomCardNumber } from '../../shared/ean13.js';
import { type Applicant, type Application, Applications, type Enrolment } from './applications.service.js';
import { Newcomers } from './newcomers.service.js';

/** Cards for whoever has no plastic: full rights from the first moment (product L4). */
@Injectable()
export class VirtualCards {
  constructor(
    private readonly applications: Applications,
    private readonly newcomers: Newcomers,
    private readonly ledger: Ledger,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  apply(application: Omit<Application, 'kind' | 'cardNumber'>, applicant: Applicant): Promise<string> {
    return this.applications.apply({ ...application, kind: 'virtual', cardNumber: null }, applicant);
  }

  /** The typed code makes the customer and their virtual card. */
  confirm(id: string, code: string, { browser, language }: Applicant): Promise<Enrolment> {
    return this.applications.accept('virtual', id, { browser, code }, async (sql, application) => {
      const { customerId } = await this.newcomers.welcome(sql, application, language);
      return { customerId, number: await this.issue(sql, customerId) };
    });
  }

  /** One virtual card a customer: the one they have, or a new one. Returns its number. */
  issueVirtualCard(customerId: string): Promise<string> {
    return this.database.transaction((sql) => this.issue(sql, customerId));
  }

  /**
   * Another number at once, the old one dead at every till: for a phone that may be in other hands. `old` is the number
   * that they saw when they asked, so that asking twice changes it once. Throws card_not_found for any other.
   */
  async reissue(customerId: string, old: string): Promise<string> {
    return this.database.transaction(async (sql) => {
      const accountId = await this.lockAccount(sql, customerId);
      if ((await this.active(sql, customerId)) !== old) {
        throw new DomainError('card_not_found', 'not_found');
      }
      const number = await this.create(sql, customerId, accountId);
      await sql.query(`update card set state = 'replaced' where number = $1`, [old]);
      await sql.query(
        `insert into card_replacement (old_number, new_number, reason, actor_kind, actor_id, replaced_at)
         values ($1, $2, 'reissued', 'customer', $3, $4)`,
        [old, number, customerId, this.clock.now()],
      );
      await this.record(sql, 'card.replaced', customerId, old);
      return number;
    });
  }

  private async issue(sql: Sql, customerId: string): Promise<string> {
    const accountId = await this.lockAccount(sql, customerId);
    return (await this.active(sql, customerId)) ?? this.create(sql, customerId, accountId);
  }

  private async active(sql: Sql, customerId: string): Promise<string | undefined> {
    const [card] = await sql.query<{ number: string }>(
      `select number from card where customer_id = $1 and kind = 'virtual' and state = 'active'`,
      [customerId],
    );
    return card?.number;
  }

  /** Random numbers may be taken already; of a hundred million hardly twice in a row. */
  private async create(sql: Sql, customerId: string, accountId: string): Promise<string> {
    for (;;) {
      const number = randomCardNumber();
      const created = await sql.query(
        `insert into card (number, kind, state, account_id, customer_id, sold_at, activated_at)
         values ($1, 'virtual', 'active', $2, $3, $4, $4) on conflict (number) do nothing returning number`,
        [number, accountId, customerId, this.clock.now()],
      );
      if (created.length > 0) {
        await this.record(sql, 'card.issued', customerId, number);
        return number;
      }
    }
  }

  /** Cards change only under their account's lock. */
  private async lockAccount(sql: Sql, customerId: string): Promise<string> {
    const [customer] = await sql.query<{ points_account_id: string }>(
      'select points_account_id from customer where id = $1',
      [customerId],
    );
    const accountId = customer!.points_account_id;
    await this.ledger.lock(sql, accountId);
    return accountId;
  }

  private record(sql: Sql, action: string, customerId: string, number: string): Promise<void> {
    const object = { kind: 'card', id: number };
    return this.audit.record(sql, { actor: { kind: 'customer', id: customerId }, action, object });
  }
}
