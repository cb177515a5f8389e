import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { allowLonger, Database } from '../database/database.js';

interface Forgotten {
  table: string;
  /** `$1` is now: business time for what people began, real time for what only machines see. */
  where: string;
  time: 'business' | 'real';
}

const AT_ONCE = 10_000;
const STATEMENT_TIMEOUT_MS = 60_000;

/** What is forgotten, and when. */
const FORGOTTEN: readonly Forgotten[] = [
  { table: 'idempotency_key', where: `created_at < $1::timestamptz - interval '90 days'`, time: 'real' },
  { table: 'ivr_call', where: `created_at < $1::timestamptz - interval '90 days'`, time: 'real' },
  {
    table: 'activation',
    where: `completed_at is null and started_at < $1::timestamptz - interval '1 day'`,
    time: 'business',
  },
  {
    table: 'one_time_code',
    where: `created_at < $1::timestamptz - interval '7 days' and not exists (select from activation where code_id = one_time_code.id)`,
    time: 'real',
  },
  {
    table: 'sim_import',
    where: `state <> 'imported' and uploaded_at < $1::timestamptz - interval '7 days'`,
    time: 'business',
  },
  { table: 'phone_change', where: `created_at < $1::timestamptz - interval '30 days'`, time: 'real' },
  { table: 'staff_invitation', where: `expires_at < $1::timestamptz - interval '30 days'`, time: 'real' },
  { table: 'email_confirmation', where: `expires_at < $1::timestamptz - interval '30 days'`, time: 'real' },
  { table: 'customer_session', where: 'expire < $1', time: 'real' },
  { table: 'staff_session', where: 'expire < $1', time: 'real' },
  { table: 'rate_limit', where: 'expire < extract(epoch from $1::timestamptz) * 1000', time: 'real' },
  { table: 'spent_proof', where: `used_at < $1::timestamptz - interval '30 days'`, time: 'real' },
  { table: 'outbox', where: `done_at < $1::timestamptz - interval '7 days'`, time: 'real' },
];

/** Deletes what is no longer needed, in portions that hold no lock for long. */
@Injectable()
export class Purge {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Answers how many rows of which table went. */
  async forgetOld(): Promise<Record<string, number>> {
    const gone: Record<string, number> = {};
    for (const line of FORGOTTEN) gone[line.table] = await this.forget(line);
    return gone;
  }

  private async forget({ table, where, time }: Forgotten): Promise<number> {
    const now = (time === 'real' ? this.clock.real() : this.clock.now()).toISOString();
    const statement = `delete from ${table} where ctid = any(array(select ctid from ${table} where ${where} limit ${AT_ONCE}))`;
    let total = 0;
    for (;;) {
      const deleted = await this.database.transaction(async (sql) => {
        await allowLonger(sql, STATEMENT_TIMEOUT_MS);
        const rows = await sql.query(`${statement} returning 1`, [now]);
        return rows.length;
      });
      total += deleted;
      if (deleted < AT_ONCE) return total;
    }
  }
}
