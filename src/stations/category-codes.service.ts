import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import type { Category } from './category.js';

/** What a station's own goods group codes count as. */
@Injectable()
export class CategoryCodes {
  async of(sql: Sql, stationId: string, codes: readonly string[]): Promise<Map<string, Category>> {
    const rows = await sql.query<{ code: string; category: Category }>(
      'select code, category from category_alias where station_id = $1 and code = any($2)',
      [stationId, codes],
    );
    return new Map(rows.map(({ code, category }) => [code, category]));
  }
}
