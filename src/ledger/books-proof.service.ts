import { Injectable, Logger } from '@nestjs/common';
import { allowLonger, Database } from '../infra/database/database.js';
import { type Finding, LedgerProof } from './ledger-proof.service.js';

/** Proving reads every transfer there is. */
const STATEMENT_TIMEOUT_MS = 600_000;

/** The proof of the books as they stand, whatever tills post meanwhile. */
@Injectable()
export class BooksProof {
  private readonly logger = new Logger('BooksProof');

  constructor(
    private readonly database: Database,
    private readonly proof: LedgerProof,
  ) {}

  /** Reads everything as of one instant. Answers what breaks a rule: nothing where the books balance. */
  prove(): Promise<Finding[]> {
    return this.database.transaction(async (sql) => {
      await sql.query('set transaction isolation level repeatable read, read only');
      await allowLonger(sql, STATEMENT_TIMEOUT_MS);
      return this.proof.verify(sql);
    });
  }

  /** For the nightly run: whoever watches the logs hears of it. */
  async proveOrWarn(): Promise<void> {
    const findings = await this.prove();
    if (findings.length > 0) this.logger.error({ findings, msg: 'the books do not balance' });
  }
}
