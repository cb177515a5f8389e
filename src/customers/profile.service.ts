import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Config } from '../infra/config/config.js';
import { Database, sqlOf } from '../infra/database/database.js';
import { dayOf } from '../infra/i18n/format.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import { birthDateFault, changedOn } from './birth-date.js';
import { Customer } from './customer.entity.js';
import type { Person } from './customers.service.js';
import type { ProfileForm } from './dto/profile.form.js';

const FIELDS = ['surname', 'name', 'patronymic', 'birthDate', 'sex', 'email', 'language'] as const;

/** With the phone they log in with, E.164. */
export type KnownPerson = Person & { phone: string };

@Injectable()
export class Profiles {
  constructor(
    private readonly em: EntityManager,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** What every page of theirs shows of them; null for whoever may no longer come in. */
  async findViewer(id: string): Promise<{ name: string | null } | null> {
    const [viewer] = await this.database.query<{ name: string | null }>(
      `select nullif(concat_ws(' ', c.name, c.surname), '') as name
       from login l left join customer c on c.id = l.id where l.id = $1 and l.disabled_at is null`,
      [id],
    );
    return viewer ?? null;
  }

  /** In the programme's zone, `2026-11-22`. */
  today(): string {
    return dayOf(this.clock.now(), this.config.timeZone);
  }

  find(customerId: string): Promise<Customer> {
    return this.em.fork().findOneOrFail(Customer, { id: customerId });
  }

  /** What the form of another card starts with. */
  async findPerson(customerId: string): Promise<KnownPerson | null> {
    const [person] = await this.database.query<KnownPerson>(
      `select c.surname, c.name, c.patronymic, c.birth_date::text as "birthDate", c.sex, c.email, l.phone
       from customer c join login l on l.id = c.id where c.id = $1`,
      [customerId],
    );
    return person ?? null;
  }

  /** Takes the form as a whole: a field left empty is emptied. Returns which fields changed. Throws InvalidInput. */
  async edit(customerId: string, form: ProfileForm): Promise<readonly string[]> {
    const fault = birthDateFault(form.birthDate, this.today());
    if (fault) throw new InvalidInput([fault]);
    return this.em.fork().transactional(async (em) => {
      const customer = await em.findOneOrFail(Customer, { id: customerId });
      customer.birthDateChangedOn = changedOn(customer, form.birthDate ?? null, this.today());
      const changed = FIELDS.filter((field) => (form[field] ?? null) !== customer[field]);
      for (const field of FIELDS) Object.assign(customer, { [field]: form[field] ?? null });
      await em.flush();
      const actor = { kind: 'customer', id: customerId } as const;
      const object = { kind: 'customer', id: customerId };
      await this.audit.record(sqlOf(em), { actor, action: 'customer.edited', object, facts: { changed } });
      return changed;
    });
  }
}
