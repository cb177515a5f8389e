import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Logins } from '../../auth/logins/logins.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { CompanyChanged, CompanyNotFound, InnTaken } from './companies.errors.js';
import { changedFields, COLUMNS, LIVE_COMPANY, type StoredCompany, valuesOf } from './company-rows.js';
import { innFault, requisiteFaults, type Requisites } from './requisites.js';

/** What the clerk saw: null where the customer was no company. */
export interface SeenCompany {
  customerId: string;
  revision: number | null;
}

export interface InnHolder {
  customerId: string;
  /** Of the company. */
  name: string;
}

export interface ClosedCompany {
  customerId: string;
  actor: Actor;
}

/** Customers who are companies. All verbs lock the customer's login, then the company. */
@Injectable()
export class Companies {
  private readonly followers: ((sql: Sql, closed: ClosedCompany) => Promise<void>)[] = [];

  constructor(
    private readonly database: Database,
    private readonly logins: Logins,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the customer a company, or replaces its requisites as a whole. Throws InvalidInput by field, InnTaken,
   * CompanyChanged, customer_not_found.
   */
  async save(seen: SeenCompany, requisites: Requisites, actor: Actor): Promise<void> {
    const faults = requisiteFaults(requisites);
    if (faults.length > 0) throw new InvalidInput(faults);
    await this.database.transaction(async (sql) => {
      const company = await this.lockWithin(sql, seen.customerId);
      if ((company?.revision ?? null) !== seen.revision) throw new CompanyChanged();
      if (company) await this.edit(sql, company, requisites, actor);
      else await this.register(sql, seen.customerId, requisites, actor);
    });
  }

  /** The customer is no company any more; their lines stay. Throws CompanyChanged, CompanyNotFound. */
  async close({ customerId, revision }: SeenCompany, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const company = await this.lockLive(sql, customerId);
      if (company.revision !== revision) throw new CompanyChanged();
      await sql.query('update company set closed_at = $2, revision = revision + 1 where id = $1', [
        company.id,
        this.clock.now(),
      ]);
      await this.record(sql, 'company.closed', company.id, actor);
      for (const follow of this.followers) await follow(sql, { customerId, actor });
    });
  }

  /**
   * When an order of a company is handed over: the customer is the company with this number from now on, if they were not.
   * Throws InvalidInput at `inn` where they are another one, or another customer is this one.
   */
  async findOrRegister(sql: Sql, customerId: string, { inn, name }: Named, actor: Actor): Promise<void> {
    const fault = innFault(inn);
    if (fault) throw new InvalidInput([{ path: 'inn', code: fault }]);
    const known = await this.lockWithin(sql, customerId);
    if (known?.inn === inn) return;
    if (known) throw new InvalidInput([{ path: 'inn', code: 'inn_differs', params: { name: known.name } }]);
    await this.register(sql, customerId, { ...NOTHING_KNOWN, inn, name }, actor);
  }

  /** Whoever is the live company with this number. */
  async holderOf(sql: Sql, inn: string): Promise<InnHolder | null> {
    const [found] = await sql.query<InnHolder>(
      'select customer_id as "customerId", name from company where inn = $1 and closed_at is null',
      [inn],
    );
    return found ?? null;
  }

  /** The company that the customer is, both locked until the transaction ends. Throws CompanyNotFound. */
  async lockLive(sql: Sql, customerId: string): Promise<StoredCompany> {
    const company = await this.lockWithin(sql, customerId);
    if (!company) throw new CompanyNotFound();
    return company;
  }

  /** Whoever keeps what only companies have lets go of it when one is closed, in that transaction. */
  whenClosed(follow: (sql: Sql, closed: ClosedCompany) => Promise<void>): void {
    this.followers.push(follow);
  }

  private async lockWithin(sql: Sql, customerId: string): Promise<StoredCompany | undefined> {
    await this.logins.lock(sql, [customerId]);
    const [company] = await sql.query<StoredCompany>(`${LIVE_COMPANY} and customer_id = $1 for update`, [customerId]);
    return company;
  }

  private async register(sql: Sql, customerId: string, requisites: Requisites, actor: Actor): Promise<void> {
    const customers = await sql.query(
      'select from customer c join login l on l.id = c.id where c.id = $1 and l.disabled_at is null',
      [customerId],
    );
    if (customers.length === 0) throw new DomainError('customer_not_found', 'not_found');
    await this.expectFree(sql, requisites.inn, customerId);
    const id = newId();
    await sql.query(
      `insert into company (id, customer_id, created_at, ${COLUMNS.join(', ')})
       values ($1, $2, $3, ${COLUMNS.map((_, place) => `$${place + 4}`).join(', ')})`,
      [id, customerId, this.clock.now(), ...valuesOf(requisites)],
    );
    await this.record(sql, 'company.registered', id, actor, { customer: customerId });
  }

  private async edit(sql: Sql, company: StoredCompany, requisites: Requisites, actor: Actor): Promise<void> {
    const changed = changedFields(company, requisites);
    if (changed.length === 0) return;
    await this.expectFree(sql, requisites.inn, company.customer_id);
    await sql.query(
      `update company set revision = revision + 1, ${COLUMNS.map((column, place) => `${column} = $${place + 2}`).join(', ')}
       where id = $1`,
      [company.id, ...valuesOf(requisites)],
    );
    await this.record(sql, 'company.edited', company.id, actor, { changed });
  }

  /** Two companies that take one number at once: the later one waits here, and is told. */
  private async expectFree(sql: Sql, inn: string, customerId: string): Promise<void> {
    await sql.query(`select pg_advisory_xact_lock(hashtext('company.inn'), hashtext($1))`, [inn]);
    const holder = await this.holderOf(sql, inn);
    if (holder !== null && holder.customerId !== customerId) throw new InnTaken();
  }

  private record(sql: Sql, action: string, id: string, actor: Actor, facts: Record<string, unknown> = {}) {
    return this.audit.record(sql, { actor, action, object: { kind: 'company', id }, facts });
  }
}

type Named = Pick<Requisites, 'inn' | 'name'>;

const NOTHING_KNOWN: Omit<Requisites, keyof Named> = {
  ...{ fullName: null, kpp: null, ogrn: null, address: null, bik: null, account: null, correspondent: null },
  ...{ signer: null, signerBasis: null, email: null },
};
