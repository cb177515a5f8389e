import { Injectable } from '@nestjs/common';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { WriteSet } from '../../infra/database/write-set.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, LimitExceeded } from '../../shared/domain-error.js';
import type { CardReference, Purchase, PurchaseCall } from '../purchase.js';
import { isRotatingCode, spendingPayload, windowWith } from './rotating-code.js';
import { SpendingCodes } from './spending-codes.service.js';
import { SpendingDevices } from './spending-devices.service.js';
import { ProofRequired, type SpendingProof } from './spending-policy.js';

/** What a till sent that may be a proof. */
export interface GivenProof {
  terminalId: string;
  card: CardReference;
  /** The rotating code, all of it or its digits, or the code of an SMS. */
  text: string;
}

/**
 * Reads the proofs that tills send, lets each spend once and has codes sent where one is missing (contracts, `proof`).
 * A purchase that neither carries nor lacks a proof costs no look-up.
 */
@Injectable()
export class SpendingProofs {
  /** Wrong ones, for all cards of a customer: eight digits are not to be guessed. */
  private readonly tries: Limit = { name: 'spending_proof', points: 10, seconds: 3600 };

  constructor(
    private readonly devices: SpendingDevices,
    private readonly codes: SpendingCodes,
    private readonly rates: RateLimits,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The proof, or null where it is wrong, of somebody else or out of time. Ten wrong ones an hour, then none is right. */
  async examine({ terminalId, card, text }: GivenProof): Promise<SpendingProof | null> {
    const customerId = await this.ownerOf(card);
    if (customerId === null) return null;
    try {
      await this.rates.consume(this.tries, customerId);
    } catch (refusal) {
      if (refusal instanceof LimitExceeded) return null;
      throw refusal;
    }
    const id = (await this.rotating(customerId, text)) ?? (await this.bySms(terminalId, customerId, text));
    if (id === null) return null;
    await this.rates.giveBack(this.tries, customerId);
    return { id, customerId };
  }

  /** Whether a proof that was right has not spent yet. */
  async isFresh(sql: Sql, proof: SpendingProof): Promise<boolean> {
    return (await spentOf(sql, [proof.id])).size === 0;
  }

  /** The calls without the proofs that have spent before, be it among these very calls. */
  async withoutSpent(sql: Sql, calls: readonly PurchaseCall[]): Promise<readonly PurchaseCall[]> {
    const given = calls.flatMap(({ proof }) => proof?.id ?? []);
    if (given.length === 0) return calls;
    const spent = await spentOf(sql, given);
    return calls.map((call) => {
      if (!call.proof) return call;
      if (spent.has(call.proof.id)) return { ...call, proof: null };
      spent.add(call.proof.id);
      return call;
    });
  }

  /** Uses up the proofs of what was spent, and has a code sent to whoever has to prove and gave nothing. */
  async settle(
    sql: Sql,
    calls: readonly PurchaseCall[],
    answers: readonly (Purchase | DomainError)[],
    writes: WriteSet,
  ): Promise<(Purchase | DomainError)[]> {
    const settled: (Purchase | DomainError)[] = [];
    for (const [index, answer] of answers.entries()) {
      const call = calls[index]!;
      if (answer instanceof ProofRequired) settled.push(await this.challenge(sql, call, answer));
      else settled.push(answer);
      if (!(answer instanceof DomainError) && call.proof && answer.priced.redeemedHundredths > 0n) {
        writes.insert('spent_proof', ['proof', 'purchase_id', 'used_at'], {
          ...{ proof: call.proof.id, purchase_id: answer.id, used_at: this.clock.real() },
        });
      }
    }
    return settled;
  }

  private async challenge(sql: Sql, call: PurchaseCall, refusal: ProofRequired): Promise<ProofRequired> {
    if (call.proof !== undefined || refusal.customerId === null) return refusal;
    const sent = await this.codes.challenge(sql, call.terminalId, refusal.customerId);
    return new ProofRequired(refusal.customerId, sent ? 'code_sent' : 'code_not_sent');
  }

  private async rotating(customerId: string, text: string): Promise<string | null> {
    const payload = spendingPayload(text);
    const digits = payload?.digits ?? text;
    if (!isRotatingCode(digits)) return null;
    for (const { id, secret } of await this.devices.secretsOf(customerId, payload?.shortId ?? null)) {
      const window = windowWith(secret, digits, this.clock.real());
      if (window !== null) return `device ${id} ${window}`;
    }
    return null;
  }

  private async bySms(terminalId: string, customerId: string, text: string): Promise<string | null> {
    if (!/^\d{6}$/.test(text)) return null;
    const codeId = await this.codes.check(terminalId, customerId, text);
    return codeId === null ? null : `sms ${codeId}`;
  }

  private async ownerOf(card: CardReference): Promise<string | null> {
    const [row] =
      'number' in card
        ? await this.database.query<{ id: string | null }>('select customer_id as id from card where number = $1', [
            card.number,
          ])
        : await this.database.query<{ id: string | null }>('select id from login where phone = $1', [card.phone]);
    return row?.id ?? null;
  }
}

async function spentOf(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ proof: string }>('select proof from spent_proof where proof = any($1)', [ids]);
  return new Set(rows.map(({ proof }) => proof));
}
