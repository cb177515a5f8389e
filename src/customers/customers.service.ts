import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Logins } from '../auth/logins/logins.service.js';
import { Config } from '../infra/config/config.js';
import type { Sql } from '../infra/database/sql.js';
import { dayOf } from '../infra/i18n/format.js';
import type { Language } from '../infra/i18n/texts.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import type { Sex } from './customer.entity.js';

/** What a person tells about themselves; all of it may be missing. */
export interface Person {
  surname?: string | null;
  name?: string | null;
  patronymic?: string | null;
  /** `1990-05-31` */
  birthDate?: string | null;
  sex?: Sex | null;
  email?: string | null;
}

export interface Newcomer {
  /** E.164, and confirmed by a code. */
  phone: string;
  person: Person;
  language: Language;
  /** Called where a new customer needs an account for points; the ledger is its owner. */
  openPointsAccount: (sql: Sql) => Promise<string>;
}

export interface AbsorbedPerson {
  fromId: string;
  intoId: string;
  actor: Actor;
}

export interface JoinedCustomer {
  customerId: string;
  pointsAccountId: string;
  /** Whether this phone had no customer before. */
  created: boolean;
}

/** Customers as activation and other rooms need them: in their own transaction. */
@Injectable()
export class Customers {
  private readonly movers: ((sql: Sql, absorbed: AbsorbedPerson) => Promise<void>)[] = [];

  constructor(
    private readonly logins: Logins,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * The customer of a confirmed phone: a known one, whose empty fields are filled with what was typed, or a new one.
   * Their login stays locked until the transaction ends, so that two activations at once make one customer. Throws
   * phone_given_up where the phone's customer was merged into another.
   */
  async joinOrCreate(sql: Sql, { phone, person, language, openPointsAccount }: Newcomer): Promise<JoinedCustomer> {
    const customerId = await this.logins.findOrCreate(sql, phone);
    const known = await this.pointsAccountOf(sql, customerId);
    if (known && (await this.isAbsorbed(sql, customerId))) throw new DomainError('phone_given_up', 'conflict');
    if (known) {
      await this.fillEmptyFields(sql, customerId, person);
      return { customerId, pointsAccountId: known, created: false };
    }
    const pointsAccountId = await openPointsAccount(sql);
    await sql.query(
      `insert into customer (id, surname, name, patronymic, birth_date, sex, email, language, points_account_id, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [customerId, ...columnsOf(person), language, pointsAccountId, this.clock.now()],
    );
    await this.record(sql, 'customer.registered', customerId);
    return { customerId, pointsAccountId, created: true };
  }

  /** What is already known stays as it is. */
  async fillEmptyFields(sql: Sql, customerId: string, person: Person): Promise<void> {
    const filled = await sql.query(
      `update customer set
         surname = coalesce(surname, $2), name = coalesce(name, $3), patronymic = coalesce(patronymic, $4),
         birth_date = coalesce(birth_date, $5), sex = coalesce(sex, $6), email = coalesce(email, $7),
         birth_date_changed_on = case when birth_date is null and $5::date is not null and birth_date_changed_on is not null
                                      then $8::date else birth_date_changed_on end
       where id = $1 and (
         surname is null and $2::text is not null or name is null and $3::text is not null
         or patronymic is null and $4::text is not null or birth_date is null and $5::date is not null
         or sex is null and $6::text is not null or email is null and $7::text is not null)
       returning id`,
      [customerId, ...columnsOf(person), this.today()],
    );
    if (filled.length > 0) await this.record(sql, 'customer.completed', customerId);
  }

  /** Whoever keeps something of customers moves it along when one is absorbed by another, in that transaction. */
  whenAbsorbed(move: (sql: Sql, absorbed: AbsorbedPerson) => Promise<void>): void {
    this.movers.push(move);
  }

  /** What the survivor of a merge has not told is taken from whom they absorb, and what rooms keep of them moves along. */
  async absorb(sql: Sql, absorbed: AbsorbedPerson): Promise<void> {
    await this.fillFromAbsorbed(sql, absorbed);
    for (const move of this.movers) await move(sql, absorbed);
  }

  private async fillFromAbsorbed(sql: Sql, { fromId, intoId, actor }: AbsorbedPerson): Promise<void> {
    const filled = await sql.query(
      `update customer c set
         surname = coalesce(c.surname, a.surname), name = coalesce(c.name, a.name),
         patronymic = coalesce(c.patronymic, a.patronymic), birth_date = coalesce(c.birth_date, a.birth_date),
         sex = coalesce(c.sex, a.sex), email = coalesce(c.email, a.email),
         birth_date_changed_on = case when c.birth_date is not null or a.birth_date is null then c.birth_date_changed_on
                                      when c.birth_date_changed_on is null then a.birth_date_changed_on
                                      else $3::date end
       from customer a where c.id = $1 and a.id = $2 and (
         c.surname is null and a.surname is not null or c.name is null and a.name is not null
         or c.patronymic is null and a.patronymic is not null or c.birth_date is null and a.birth_date is not null
         or c.sex is null and a.sex is not null or c.email is null and a.email is not null)
       returning c.id`,
      [intoId, fromId, this.today()],
    );
    if (filled.length > 0) await this.record(sql, 'customer.completed', intoId, actor);
  }

  private today(): string {
    return dayOf(this.clock.now(), this.config.timeZone);
  }

  private async isAbsorbed(sql: Sql, customerId: string): Promise<boolean> {
    const found = await sql.query('select from customer where id = $1 and merged_into is not null', [customerId]);
    return found.length > 0;
  }

  private async pointsAccountOf(sql: Sql, customerId: string): Promise<string | undefined> {
    const [customer] = await sql.query<{ points_account_id: string }>(
      'select points_account_id from customer where id = $1',
      [customerId],
    );
    return customer?.points_account_id;
  }

  private record(sql: Sql, action: string, id: string, actor: Actor = { kind: 'customer', id }): Promise<void> {
    return this.audit.record(sql, { actor, action, object: { kind: 'customer', id } });
  }
}

function columnsOf({ surname, name, patronymic, birthDate, sex, email }: Person): (string | null)[] {
  return [surname, name, patronymic, birthDate, sex, email].map((value) => value?.trim() || null);
}
