import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database/database.js';
import { WriteSet } from '../infra/database/write-set.js';
import { Ledger } from '../ledger/ledger.service.js';

const ACCOUNTS_AT_ONCE = 500;
const STATEMENT_TIMEOUT_MS = 60_000;

/** Burns points whose time has come (product L10). */
@Injectable()
export class Expiry {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Burns all lots due by `now` and returns how many accounts lost points. Safe to run twice or beside itself and the
   * tills: opening an account burns what is due on it, under its lock, so there is nothing left for whoever comes second.
   */
  async expireLots(now: Date): Promise<number> {
    let accounts = 0;
    for (;;) {
      const burnt = await this.expireSome(now);
      accounts += burnt;
      if (burnt < ACCOUNTS_AT_ONCE) {
        return accounts;
      }
    }
  }

  private expireSome(now: Date): Promise<number> {
    return this.database.transaction(
      async (sql) => {
        const due = await sql.query<{ account_id: string }>(
          'select distinct account_id from lot_day where expires_at <= $1 limit $2',
          [now, ACCOUNTS_AT_ONCE],
        );
        const writes = new WriteSet();
        const ids = due.map(({ account_id }) => account_id);
        this.ledger.close(await this.ledger.open(sql, ids, now), writes);
        await writes.flush(sql);
        return due.length;
      },
      { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    );
  }
}
