import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import type { WriteSet } from '../infra/database/write-set.js';

/** A write as a till sent it. A key belongs to the terminal, whichever of its API keys was used. */
export interface KeyedCall {
  terminalId: string;
  key: string;
  requestHash: Buffer;
}

export interface StoredAnswer {
  status: number;
  text: string;
}

/**
 * fresh: do it now. busy: another transaction is doing it. reused: the key stands for other content.
 * Otherwise the answer that was given the first time.
 */
export type Claim = 'fresh' | 'busy' | 'reused' | StoredAnswer;

interface KeyRow {
  mine: boolean;
  request_hash: Buffer | null;
  status: number;
  answer: string;
}

/**
 * Idempotency keys of tills (draft-ietf-httpapi-idempotency-key-header): the key's row, the effect and the stored answer
 * are one transaction. While it runs, an advisory lock tells others that the key is taken; its end frees it, however it
 * ends. The primary key has the last word should two get past the look-up.
 */
@Injectable()
export class Idempotency {
  async claim(sql: Sql, calls: readonly KeyedCall[]): Promise<Claim[]> {
    const rows = await sql.query<KeyRow>(
      `select pg_try_advisory_xact_lock(r.lock) as mine, k.request_hash, k.status, k.answer
       from unnest($1::uuid[], $2::text[], $3::bigint[]) with ordinality r (terminal_id, key, lock, place)
       left join idempotency_key k on k.terminal_id = r.terminal_id and k.key = r.key
       order by r.place`,
      [calls.map(({ terminalId }) => terminalId), calls.map(({ key }) => key), calls.map(lockOf)],
    );
    const taken = new Set<string>();
    return calls.map((call, index) => {
      const first = !taken.has(nameOf(call));
      taken.add(nameOf(call));
      return judge(call, rows[index]!, first);
    });
  }

  store(call: KeyedCall, { status, text }: StoredAnswer, writes: WriteSet): void {
    writes.insert('idempotency_key', ['terminal_id', 'key', 'request_hash', 'status', 'answer'], {
      ...{ terminal_id: call.terminalId, key: call.key, request_hash: `\\x${call.requestHash.toString('hex')}` },
      ...{ status, answer: text },
    });
  }
}

function judge(call: KeyedCall, row: KeyRow, first: boolean): Claim {
  if (row.request_hash !== null) {
    return row.request_hash.equals(call.requestHash) ? { status: row.status, text: row.answer } : 'reused';
  }
  return row.mine && first ? 'fresh' : 'busy';
}

function nameOf({ terminalId, key }: KeyedCall): string {
  return `${terminalId} ${key}`;
}

function lockOf(call: KeyedCall): bigint {
  return hash('sha256', nameOf(call), 'buffer').readBigInt64BE();
}
