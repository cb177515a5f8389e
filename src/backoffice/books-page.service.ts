import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Database } from '../infra/database/database.js';
import { BooksProof } from '../ledger/books-proof.service.js';
import type { Finding } from '../ledger/ledger-proof.service.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { AuditQueries } from './queries/audit.queries.js';
import { BooksQueries } from './queries/books.queries.js';

const LAST_PROOFS = 10;

/** The books and their proof (N8). */
@Injectable()
export class BooksPage {
  constructor(
    private readonly proof: BooksProof,
    private readonly queries: BooksQueries,
    private readonly events: AuditQueries,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async books(): Promise<object> {
    const [totals, proofs] = await Promise.all([
      this.queries.totals(),
      this.events.list({ objectKinds: ['ledger'] }, null, LAST_PROOFS),
    ]);
    const of = (kind: string): bigint => BigInt(totals.find((total) => total.kind === kind)?.amount ?? 0);
    // What a refund takes back was not earned, what it gives back not spent.
    const [earned, spent, burnt] = [of('earn') - of('clawback'), of('spend') - of('return'), of('burn')];
    return {
      ...{ earned, spent, burnt, owed: earned - spent - burnt },
      transfers: totals.reduce((sum, total) => sum + Number(total.transfers), 0),
      proofs: proofs.rows,
    };
  }

  async proveBooks(actor: Actor): Promise<object> {
    const began = this.clock.real();
    const findings = await this.proof.prove();
    const milliseconds = this.clock.real().getTime() - began.getTime();
    await this.audit.record(this.database, {
      actor,
      action: 'ledger.verified',
      object: { kind: 'ledger', id: 'points' },
      facts: { findings: findings.length, milliseconds },
    });
    return { ...(await this.books()), proof: { milliseconds, at: began, findings: findings.map(readable) } };
  }
}

function readable({ rule, row }: Finding): { rule: string; row: string } {
  const fields = Object.entries(row).map(([name, value]) => `${name} ${String(value)}`);
  return { rule, row: fields.join(', ') };
}
