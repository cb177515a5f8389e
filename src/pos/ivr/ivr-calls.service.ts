import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { failureOf } from '../../infra/web/failure.js';
import { problemOf } from '../../infra/web/problem.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import type { StoredAnswer } from '../idempotency.service.js';
import { KeyInProgress, KeyReused } from '../keyed-call.js';
import type { GivenAnswer } from '../keyed-writes.service.js';

/** A write of the hotline with its key and what the key is bound to. */
export interface IvrCall {
  key: string;
  requestHash: Buffer;
}

const WAIT_FOR_FIRST = '4s';
const LOCK_NOT_AVAILABLE = '55P03';

/** Does what the hotline asks once per key: effect and answer are one transaction, as for tills. */
@Injectable()
export class IvrCalls {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A refusal that is `not_found` or a conflict is an answer too, but nothing that `work` did before it stays. */
  async once(call: IvrCall, work: (sql: Sql) => Promise<object>): Promise<GivenAnswer> {
    return this.database.transaction(async (sql) => {
      const known = await this.known(sql, call);
      if (known) return { ...known, replayed: true };
      await sql.query('savepoint work');
      const answer = await work(sql).then(given, async (error: unknown) => {
        await sql.query('rollback to savepoint work');
        return refused(error);
      });
      await sql.query(
        'insert into ivr_call (key, request_hash, status, answer, created_at) values ($1, $2, $3, $4, $5)',
        [...[call.key, call.requestHash, answer.status, answer.text, this.clock.real()]],
      );
      return { ...answer, replayed: false };
    });
  }

  private async known(sql: Sql, { key, requestHash }: IvrCall): Promise<StoredAnswer | null> {
    await this.waitForFirst(sql, key);
    const [row] = await sql.query<{ request_hash: Buffer; status: number; answer: string }>(
      'select request_hash, status, answer from ivr_call where key = $1',
      [key],
    );
    if (!row) return null;
    if (!row.request_hash.equals(requestHash)) throw new KeyReused();
    return { status: row.status, text: row.answer };
  }

  private async waitForFirst(sql: Sql, key: string): Promise<void> {
    await sql.query(`select set_config('lock_timeout', $1, true)`, [WAIT_FOR_FIRST]);
    try {
      await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`ivr ${key}`]);
    } catch (error) {
      throw (error as { code?: string }).code === LOCK_NOT_AVAILABLE ? new KeyInProgress() : error;
    }
  }
}

function given(body: object): StoredAnswer {
  return { status: 200, text: JSON.stringify(body) };
}

function refused(error: unknown): StoredAnswer {
  if (!(error instanceof DomainError) || !['not_found', 'conflict'].includes(error.kind)) throw error;
  const problem = problemOf(failureOf(error));
  return { status: problem.status, text: JSON.stringify(problem) };
}
