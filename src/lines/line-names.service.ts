import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database/database.js';
import { LineNotFound } from './lines.errors.js';

/** What a customer calls a line of their own: «мама», «дача». */
@Injectable()
export class LineNames {
  constructor(private readonly database: Database) {}

  /** Null takes the name away. Throws LineNotFound for a line of somebody else. */
  async rename(customerId: string, lineId: string, nickname: string | null): Promise<void> {
    const renamed = await this.database.query(
      'update line set nickname = $3 where id = $2 and customer_id = $1 returning id',
      [customerId, lineId, nickname],
    );
    if (renamed.length === 0) throw new LineNotFound();
  }
}
