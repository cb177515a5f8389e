import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Customers } from '../../customers/customers.service.js';
import { Database } from '../../infra/database/database.js';
import { PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';

const PAPERS = `
  select p.id as key, jsonb_build_object('number', p.serial, 'kind', p.kind, 'title', p.title, 'createdAt', p.issued_at) as row
  from paper p where p.customer_id = any($1) and ($2::uuid is null or p.id > $2::uuid) order by p.id`;

/**
 * Their contracts and acts: the survivor's where customers are merged. They are not erased: the law asks a company to keep
 * its contracts for five years (402-ФЗ, art. 29).
 */
@Injectable()
export class PaperData implements OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly customers: Customers,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personal.on(sqlPart(this.database, 'papers', PAPERS));
    this.customers.whenAbsorbed(async (sql, { fromId, intoId }) => {
      await sql.query('update paper set customer_id = $2 where customer_id = $1', [fromId, intoId]);
    });
  }
}
