import type { Sql } from '../infra/database/sql.js';

/**
 * The number of what purchases are judged by at this moment: promotions, stations' clocks, limits that block. Processes
 * keep these in memory and ask for the number with every batch, so what staff changed in another process counts at once.
 */
export async function presentEdition(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ edition: string }>('select edition::text from promotion_edition');
  return row?.edition ?? '';
}
