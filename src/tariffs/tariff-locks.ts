import type { Sql } from '../infra/database/sql.js';
import type { TariffState } from './tariff.entity.js';
import { TariffNotFound } from './tariffs.errors.js';

export interface OpenDraft {
  id: string;
  number: number;
  revision: number;
  lastDay: string | null;
}

/** Whoever changes anything about a tariff holds its row until the end of the transaction. */
export async function lockTariff(sql: Sql, id: string): Promise<{ state: TariffState; slug: string }> {
  const [tariff] = await sql.query<{ state: TariffState; slug: string }>(
    'select state, slug from tariff where id = $1 for update',
    [id],
  );
  if (!tariff) throw new TariffNotFound();
  return tariff;
}

export async function findDraft(sql: Sql, tariffId: string): Promise<OpenDraft | undefined> {
  const [draft] = await sql.query<OpenDraft>(
    `select id, number, revision, last_day as "lastDay" from tariff_version where tariff_id = $1 and state = 'draft'`,
    [tariffId],
  );
  return draft;
}
