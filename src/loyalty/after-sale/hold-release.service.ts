import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { WriteSet } from '../../infra/database/write-set.js';
import { Ledger } from '../../ledger/ledger.service.js';

const ACCOUNTS_AT_ONCE = 500;
const STATEMENT_TIMEOUT_MS = 60_000;

/** Gives back what was held for purchases that nobody confirmed in time. */
@Injectable()
export class HoldRelease {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Releases all holds due by `now` and returns on how many accounts. Opening an account releases what is due on it,
   * under its lock: safe to run twice or beside tills, and not what a balance waits for.
   */
  async releaseDue(now: Date): Promise<number> {
    let accounts = 0;
    for (;;) {
      const released = await this.releaseSome(now);
      accounts += released;
      if (released < ACCOUNTS_AT_ONCE) {
        return accounts;
      }
    }
  }

  private releaseSome(now: Date): Promise<number> {
    return this.database.transaction(
      async (sql) => {
        const ids = await this.ledger.accountsWithDueHolds(sql, now, ACCOUNTS_AT_ONCE);
        const writes = new WriteSet();
        this.ledger.close(await this.ledger.open(sql, ids, now), writes);
        await writes.flush(sql);
        return ids.length;
      },
      { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    );
  }
}
