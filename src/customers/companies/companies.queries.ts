import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { LIVE_COMPANY, type StoredCompany } from './company-rows.js';

@Injectable()
export class CompanyQueries {
  constructor(private readonly database: Database) {}

  /** The live company that the customer is. */
  async of(customerId: string): Promise<StoredCompany | null> {
    const [company] = await this.database.query<StoredCompany>(`${LIVE_COMPANY} and customer_id = $1`, [customerId]);
    return company ?? null;
  }

  /** Whether there is such a customer, neither merged into another nor deleted. */
  async mayBecomeOne(customerId: string): Promise<boolean> {
    const found = await this.database.query(
      'select from customer c join login l on l.id = c.id where c.id = $1 and l.disabled_at is null',
      [customerId],
    );
    return found.length > 0;
  }

  /** Whose company has this taxpayer number; null for anything that is not a whole one. */
  async customerWithInn(typed: unknown): Promise<string | null> {
    const inn = typeof typed === 'string' ? typed.trim() : '';
    if (!/^(\d{10}|\d{12})$/.test(inn)) return null;
    const [found] = await this.database.query<{ customer_id: string }>(
      'select customer_id from company where inn = $1 and closed_at is null',
      [inn],
    );
    return found?.customer_id ?? null;
  }
}
