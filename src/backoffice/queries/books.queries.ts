import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';

export interface TotalRow {
  /** What happened to points: earned, spent, burnt, given back by refunds, taken back by them. */
  kind: 'earn' | 'spend' | 'burn' | 'return' | 'clawback';
  transfers: string;
  amount: string;
}

@Injectable()
export class BooksQueries {
  constructor(private readonly database: Database) {}

  /** Everything that the programme's own accounts gave and took since the beginning. */
  totals(): Promise<TotalRow[]> {
    return this.database.query<TotalRow>(
      `select kind, count(*) as transfers, sum(amount) as amount from transfer
       where kind in ('earn', 'spend', 'burn', 'return', 'clawback') group by kind`,
    );
  }
}
