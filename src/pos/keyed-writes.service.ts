import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database/database.js';
import type { Sql } from '../infra/database/sql.js';
import { WriteSet } from '../infra/database/write-set.js';
import { failureOf, isOutage } from '../infra/web/failure.js';
import { problemOf } from '../infra/web/problem.js';
import { CardMoved } from '../loyalty/purchase-look-up.service.js';
import { DomainError } from '../shared/domain-error.js';
import { type Claim, Idempotency, type KeyedCall, type StoredAnswer } from './idempotency.service.js';
import { KeyInProgress, KeyReused } from './keyed-call.js';

/** A write with its key. `input` throws what is wrong with the request; it is asked only where the key is new. */
export interface KeyedWrite<Input> extends KeyedCall {
  input: () => Input;
}

export interface GivenAnswer extends StoredAnswer {
  replayed: boolean;
}

/** The status and body of a success. */
export interface Success {
  status: number;
  body: unknown;
}

/** Works fresh calls in their order within the transaction; answers each with a success or a refusal. */
export type Work<Input> = (sql: Sql, inputs: Input[], writes: WriteSet) => Promise<(Success | DomainError)[]>;

const ATTEMPTS = 4;
const BUSY_WAIT_MS = 50;
const BUSY_LIMIT_MS = 5000;
/** Serialization failure, deadlock, lock not available, unique violation: another transaction was in the way. */
const IN_THE_WAY = new Set(['40001', '40P01', '55P03', '23505']);

/**
 * Gives a till's write its whole effect once, whatever is retried, raced or killed: key, effect and answer are one
 * transaction. The first 2xx, 404 or 409 is kept and repeated byte for byte (contracts, Idempotency).
 */
@Injectable()
export class KeyedWrites {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * Works calls that arrived together in one transaction. Where that fails each is tried by itself, so that one cannot
   * spoil the others; not where the database is away.
   */
  async answerAll<Input>(calls: readonly KeyedWrite<Input>[], work: Work<Input>): Promise<(GivenAnswer | Error)[]> {
    try {
      return await this.database.transaction((sql) => this.inOneTransaction(sql, calls, work));
    } catch (error) {
      const [only] = calls;
      if (isOutage(error)) {
        return calls.map(() => error as Error);
      }
      return calls.length === 1 && only !== undefined
        ? [await this.retry(only, work, error)]
        : (await inTurn(calls, (call) => this.answerAll([call], work))).flat();
    }
  }

  /** Waits while the first call with the key runs elsewhere: `answer` is tried until it is no longer busy. */
  async whileBusy(answer: () => Promise<GivenAnswer>): Promise<GivenAnswer> {
    const deadline = performance.now() + BUSY_LIMIT_MS;
    for (;;) {
      try {
        return await answer();
      } catch (error) {
        if (!(error instanceof KeyInProgress) || performance.now() > deadline) {
          throw error;
        }
        await wait(BUSY_WAIT_MS);
      }
    }
  }

  private async retry<Input>(call: KeyedWrite<Input>, work: Work<Input>, first: unknown): Promise<GivenAnswer | Error> {
    let error = first;
    for (let attempt = 1; attempt < ATTEMPTS && isInTheWay(error); attempt += 1) {
      try {
        const [answer] = await this.database.transaction((sql) => this.inOneTransaction(sql, [call], work));
        return answer!;
      } catch (again) {
        error = again;
      }
    }
    return isInTheWay(error) ? new DomainError('unavailable', 'unavailable', {}, 1) : (error as Error);
  }

  private async inOneTransaction<Input>(
    sql: Sql,
    calls: readonly KeyedWrite<Input>[],
    work: Work<Input>,
  ): Promise<(GivenAnswer | Error)[]> {
    const writes = new WriteSet();
    const claims = await this.idempotency.claim(sql, calls);
    const answers: (GivenAnswer | Error | null)[] = claims.map(known);
    const fresh: { index: number; input: Input }[] = [];
    calls.forEach((call, index) => {
      const input = answers[index] === null ? attempt(call.input) : null;
      if (input instanceof Error) {
        answers[index] = input;
      } else if (input !== null) {
        fresh.push({ index, input });
      }
    });
    const inputs = fresh.map(({ input }) => input);
    const results = inputs.length === 0 ? [] : await work(sql, inputs, writes);
    fresh.forEach(({ index }, place) => (answers[index] = this.keep(calls[index]!, results[place]!, writes)));
    // It travels with the commit, which fails where it fails.
    writes.flush(sql).catch(() => undefined);
    return answers as (GivenAnswer | Error)[];
  }

  private keep(call: KeyedCall, result: Success | DomainError, writes: WriteSet): GivenAnswer | Error {
    if (result instanceof DomainError && !['not_found', 'conflict'].includes(result.kind)) {
      return result;
    }
    const { status, body } = result instanceof DomainError ? refusal(result) : result;
    const answer = { status, text: JSON.stringify(body) };
    this.idempotency.store(call, answer, writes);
    return { ...answer, replayed: false };
  }
}

/** The answer that needs no work; null where the call is to be worked. */
function known(claim: Claim): GivenAnswer | Error | null {
  switch (claim) {
    case 'fresh':
      return null;
    case 'busy':
      return new KeyInProgress();
    case 'reused':
      return new KeyReused();
    default:
      return { ...claim, replayed: true };
  }
}

function refusal(error: DomainError): Success {
  const problem = problemOf(failureOf(error));
  return { status: problem.status, body: problem };
}

function attempt<T>(make: () => T): T | Error {
  try {
    return make();
  } catch (error) {
    return error as Error;
  }
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) {
    results.push(await work(item));
  }
  return results;
}

function isInTheWay(error: unknown): boolean {
  return error instanceof CardMoved || IN_THE_WAY.has((error as { code?: string } | null)?.code ?? '');
}
