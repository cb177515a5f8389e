import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { DomainError } from '../../shared/domain-error.js';
import { type AbsorbedPerson, Customers } from '../customers.service.js';

/** When two customers are merged, the company of the absorbed one is the survivor's. */
@Injectable()
export class AbsorbedCompanies implements OnModuleInit {
  constructor(private readonly customers: Customers) {}

  onModuleInit(): void {
    this.customers.whenAbsorbed((sql, absorbed) => this.move(sql, absorbed));
  }

  /** Two companies are never one: one of them is closed first. Throws merge_two_companies. */
  private async move(sql: Sql, { fromId, intoId }: AbsorbedPerson): Promise<void> {
    const live = await sql.query('select from company where customer_id in ($1, $2) and closed_at is null', [
      fromId,
      intoId,
    ]);
    if (live.length > 1) throw new DomainError('merge_two_companies', 'conflict');
    await sql.query('update company set customer_id = $2 where customer_id = $1', [fromId, intoId]);
  }
}
