import { Injectable } from '@nestjs/common';
import { CompanyQueries } from '../../customers/companies/companies.queries.js';
import { type KnownPerson, Profiles } from '../../customers/profile.service.js';
import { Database } from '../../infra/database/database.js';
import type { Wish } from './application.js';
import { OrderConsents } from './order-consents.service.js';

/** Name and phone as the profile has them; what a company orders is the company's. */
export interface Contact {
  name: string | null;
  company: string | null;
  phone: string;
}

export type LastWish = Pick<Wish, 'foreignCitizen' | 'way' | 'address' | 'officeId'>;

/** What we know of a customer who orders once more. */
@Injectable()
export class OrderProposals {
  constructor(
    private readonly database: Database,
    private readonly profiles: Profiles,
    private readonly companies: CompanyQueries,
    private readonly consents: OrderConsents,
  ) {}

  async contact(customerId: string): Promise<Contact> {
    const [person, company] = await Promise.all([this.profiles.findPerson(customerId), this.companies.of(customerId)]);
    return { ...contactOf(person!), company: company?.name ?? null };
  }

  /** When they agreed to the text in force; null where they have to be asked. */
  consentGivenAt(customerId: string): Promise<string | null> {
    return this.consents.given(this.database, customerId);
  }

  /** What they chose the last time, as a proposal. */
  async lastWish(customerId: string): Promise<LastWish | null> {
    const [last] = await this.database.query<LastWish>(
      `select s.foreign_citizen as "foreignCitizen", s.way, s.address, s.office_id as "officeId" from sim_order s
       where s.customer_id in (select id from customer where id = $1 or merged_into = $1) and s.forgotten_at is null
       order by s.created_at desc, s.id desc limit 1`,
      [customerId],
    );
    return last ?? null;
  }
}

function contactOf({ name, surname, patronymic, phone }: KnownPerson): Pick<Contact, 'name' | 'phone'> {
  return { name: [surname, name, patronymic].filter(Boolean).join(' ').slice(0, 120) || null, phone };
}
