import { Injectable } from '@nestjs/common';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { Config } from '../infra/config/config.js';
import type { Sql } from '../infra/database/sql.js';
import type { WriteSet } from '../infra/database/write-set.js';
import type { PurchaseCall } from '../loyalty/purchase.js';
import { Purchasing } from '../loyalty/purchasing.service.js';
import { Batcher } from '../shared/batcher.js';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { purchaseAnswer } from './answers.js';
import type { KeyedCall } from './idempotency.service.js';
import { type GivenAnswer, type KeyedWrite, KeyedWrites, type Success } from './keyed-writes.service.js';
import { PurchaseCalls } from './purchase-call.service.js';
import { UnknownCards } from './unknown-cards.service.js';

/** Purchases that arrive together share a commit; two such transactions run while the next ones gather. */
const TOGETHER = { maxSize: 32, inFlight: 2 };

/** Where tills' purchases come in. */
@Injectable()
export class PurchaseDesk {
  private readonly batcher = new Batcher<KeyedWrite<PurchaseCall>, GivenAnswer>(
    (calls) => this.writes.answerAll(calls, (sql, inputs, writes) => this.registerAll(sql, inputs, writes)),
    TOGETHER,
  );

  constructor(
    private readonly calls: PurchaseCalls,
    private readonly writes: KeyedWrites,
    private readonly purchasing: Purchasing,
    private readonly unknownCards: UnknownCards,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Registers a purchase once per key. What is wrong with the body matters only where the key is new. */
  async register(terminal: TerminalIdentity, call: KeyedCall, body: unknown): Promise<GivenAnswer> {
    const input = await this.calls.read(terminal, body).then(
      (purchase) => () => purchase,
      (error: unknown) => () => {
        throw error;
      },
    );
    return this.writes.whileBusy(() => this.batcher.run({ ...call, input }));
  }

  private async registerAll(sql: Sql, inputs: PurchaseCall[], writes: WriteSet): Promise<(Success | DomainError)[]> {
    const purchases = await this.purchasing.register(sql, inputs, this.clock.now(), writes);
    return Promise.all(
      purchases.map((purchase, index) =>
        purchase instanceof DomainError
          ? this.unknownCards.count(inputs[index]!.terminalId, purchase)
          : { status: 201, body: purchaseAnswer(purchase, this.config.timeZone) },
      ),
    );
  }
}
