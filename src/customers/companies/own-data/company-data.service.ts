import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Sql } from '../../../infra/database/sql.js';
import { type Eraser, type Leaver, PersonalData } from '../../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../../infra/personal-data/sql-part.js';

const COMPANIES = `
  select c.id as key, json_build_object('name', c.name, 'fullName', c.full_name, 'inn', c.inn, 'kpp', c.kpp, 'ogrn', c.ogrn,
    'address', c.address, 'bik', c.bik, 'account', c.account, 'correspondent', c.correspondent, 'signer', c.signer,
    'signerBasis', c.signer_basis, 'email', c.email, 'createdAt', c.created_at, 'closedAt', c.closed_at) as row
  from company c where c.customer_id = any($1) and ($2::uuid is null or c.id > $2::uuid) order by c.id`;

/** The company that somebody is: its requisites name people, and of a person in business they are that person's. */
@Injectable()
export class CompanyData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personal.on(sqlPart(this.database, 'companies', COMPANIES));
    this.personal.erasedBy(this);
  }

  async erase(sql: Sql, { ids }: Leaver): Promise<void> {
    await sql.query('delete from company where customer_id = any($1)', [ids]);
  }
}
