import type { Sql } from '../../src/infra/database/sql.js';
import { LedgerProof } from '../../src/ledger/ledger-proof.service.js';

/** The books balance: every finding of the ledger's proof fails the test. Rooms' own rules come with the app's proof. */
export async function expectBooksBalance(sql: Sql, proof = new LedgerProof()): Promise<void> {
  expect(await proof.verify(sql)).toEqual([]);
}
