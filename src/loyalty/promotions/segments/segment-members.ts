import type { Sql } from '../../../infra/database/sql.js';
import { conditionSql, type SegmentConditions } from './segment-conditions.js';

/** Whoever the conditions hold at this moment, instead of whoever was in the segment before. */
export async function fillByConditions(
  sql: Sql,
  id: string,
  conditions: SegmentConditions,
  { now, zone }: { now: Date; zone: string },
): Promise<void> {
  await clearMembers(sql, id);
  const params: unknown[] = [id];
  const where = conditionSql(conditions, now, zone, params);
  await sql.query(`insert into segment_member select $1::uuid, c.id from customer c where ${where}`, params);
}

/** Of the phones, those that are customers'. */
export async function addByPhones(sql: Sql, id: string, phones: readonly string[]): Promise<void> {
  await sql.query(
    `insert into segment_member select $1, o.id from login l join customer o on o.id = l.id where l.phone = any($2)
     on conflict do nothing`,
    [id, phones],
  );
}

export async function removeByPhones(sql: Sql, id: string, phones: readonly string[]): Promise<void> {
  await sql.query(
    `delete from segment_member where segment_id = $1 and customer_id in (select id from login where phone = any($2))`,
    [id, phones],
  );
}

export async function clearMembers(sql: Sql, id: string): Promise<void> {
  await sql.query('delete from segment_member where segment_id = $1', [id]);
}

/** Writes down how many there are, and when that was looked at. */
export async function countMembers(sql: Sql, id: string, now: Date): Promise<number> {
  const [row] = await sql.query<{ members: number }>(
    `update segment set refreshed_at = $2,
       members = (select count(*)::int from segment_member where segment_id = $1)
     where id = $1 returning members`,
    [id, now],
  );
  return row!.members;
}
