import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { type OperationRow, operationsSql } from './operations.queries.js';
import { overviewSql, type OverviewRow } from './overview.queries.js';

export interface HomeRow extends OverviewRow {
  operations: OperationRow[] | null;
}

const HOME = `
  select overview.*, (select json_agg(listed) from (${operationsSql(null, [])}) listed) as operations
  from (${overviewSql('$4')}) overview`;

/** The page that is opened most, in one round trip: overview and last operations together. */
@Injectable()
export class HomeQueries {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  /** One operation more than `size` where there are more. */
  async home(customerId: string, size: number, now: Date): Promise<HomeRow> {
    const [row] = await this.database.query<HomeRow>(HOME, [customerId, size + 1, this.config.timeZone, now]);
    return row!;
  }
}
