import type { TestDatabase } from './database.js';

/** Every table that says who has what. */
const TABLES = [
  ...['account', 'transfer', 'lot', 'lot_day', 'lot_draw', 'card', 'card_sale', 'purchase', 'purchase_line'],
  ...['points_hold', 'refund', 'refund_line', 'idempotency_key'],
];

/** Rows and contents of all money tables: two equal states mean that nothing at all was changed in between. */
export async function moneyState(database: TestDatabase): Promise<Record<string, string>> {
  const parts = TABLES.map(
    (
      table,
    ) => `select '${table}' as name, count(*) || ' rows ' || md5(coalesce(string_agg(t::text, '|' order by t::text), ''))
      as content from ${table} t`,
  );
  const rows = await database.query<{ name: string; content: string }>(parts.join(' union all '));
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
}
