import { Injectable } from '@nestjs/common';
import type { TerminalIdentity } from '../../auth/api-keys/api-keys.service.js';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import type { WriteSet } from '../../infra/database/write-set.js';
import { HeldPurchases } from '../../loyalty/after-sale/held-purchases.service.js';
import { Refunds, type RegisteredRefund } from '../../loyalty/after-sale/refunds.service.js';
import type { Purchase } from '../../loyalty/purchase.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { purchaseAnswer, refundAnswer } from '../answers.js';
import type { KeyedCall } from '../idempotency.service.js';
import { type GivenAnswer, KeyedWrites, type Success } from '../keyed-writes.service.js';
import { AfterSaleCalls } from './after-sale-calls.service.js';

type Worked = Purchase | RegisteredRefund | DomainError;

/** Where tills finish held purchases and give goods and money back. */
@Injectable()
export class AfterSaleDesk {
  constructor(
    private readonly calls: AfterSaleCalls,
    private readonly writes: KeyedWrites,
    private readonly held: HeldPurchases,
    private readonly refunds: Refunds,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  confirm(terminal: TerminalIdentity, call: KeyedCall, purchaseId: string, body: unknown): Promise<GivenAnswer> {
    return this.once(call, this.calls.confirm(terminal, purchaseId, body), (sql, input, now, writes) =>
      this.held.confirm(sql, input, now, writes),
    );
  }

  cancel(terminal: TerminalIdentity, call: KeyedCall, purchaseId: string, body: unknown): Promise<GivenAnswer> {
    const input = Promise.resolve().then(() => this.calls.cancel(terminal, purchaseId, body));
    return this.once(call, input, (sql, cancel, now, writes) => this.held.cancel(sql, cancel, now, writes));
  }

  refund(terminal: TerminalIdentity, call: KeyedCall, purchaseId: string, body: unknown): Promise<GivenAnswer> {
    return this.once(call, this.calls.refund(terminal, purchaseId, body), (sql, input, now, writes) =>
      this.refunds.refund(sql, input, now, writes),
    );
  }

  /** Works a call once per key. What is wrong with its body matters only where the key is new. */
  private async once<Input>(
    call: KeyedCall,
    reading: Promise<Input>,
    work: (sql: Sql, input: Input, now: Date, writes: WriteSet) => Promise<Worked>,
  ): Promise<GivenAnswer> {
    const input = await readLater(reading);
    return this.writes.whileBusy(async () => {
      const [answer] = await this.writes.answerAll([{ ...call, input }], async (sql, [only], writes) => [
        this.answerOf(await work(sql, only!, this.clock.now(), writes)),
      ]);
      if (answer instanceof Error) {
        throw answer;
      }
      return answer!;
    });
  }

  private answerOf(worked: Worked): Success | DomainError {
    if (worked instanceof DomainError) {
      return worked;
    }
    const { timeZone } = this.config;
    return 'priced' in worked
      ? { status: 200, body: purchaseAnswer(worked, timeZone) }
      : { status: 201, body: refundAnswer(worked, timeZone) };
  }
}

/** What was read, or what was wrong with it, for whoever asks. */
function readLater<Input>(reading: Promise<Input>): Promise<() => Input> {
  return reading.then(
    (input) => () => input,
    (error: unknown) => () => {
      throw error;
    },
  );
}
