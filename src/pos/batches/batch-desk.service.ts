import { Injectable } from '@nestjs/common';
import type { TerminalIdentity } from '../../auth/api-keys/api-keys.service.js';
import { failureOf } from '../../infra/web/failure.js';
import { problemOf } from '../../infra/web/problem.js';
import { DomainError } from '../../shared/domain-error.js';
import { AfterSaleDesk } from '../after-sale/after-sale-desk.service.js';
import { CardDesk } from '../card-desk.service.js';
import type { BatchAnswer, BatchResult } from '../dto/answers.js';
import type { KeyedCall } from '../idempotency.service.js';
import type { GivenAnswer } from '../keyed-writes.service.js';
import { PurchaseDesk } from '../purchase-desk.service.js';
import { requestHash } from '../request-hash.js';
import { type BatchItem, batchItem, cardNamed, itemsOf, keyIn, ownBody, purchaseNamed } from './batch-item.js';
import { PurchaseKeys } from './purchase-keys.service.js';

const API = '/api/pos/v1';

/**
 * What a till gathered while offline: its calls in their order, each in its own transaction and under its own key. A
 * key is bound to method, path and body as online, so that either replays the other.
 */
@Injectable()
export class BatchDesk {
  constructor(
    private readonly purchases: PurchaseDesk,
    private readonly cards: CardDesk,
    private readonly afterSale: AfterSaleDesk,
    private readonly purchaseKeys: PurchaseKeys,
  ) {}

  /** Answers every item; one that is wrong or fails does not stop the next. Throws InvalidInput where this is no batch. */
  async work(terminal: TerminalIdentity, body: unknown): Promise<BatchAnswer> {
    const results: BatchResult[] = [];
    for (const sent of itemsOf(body)) results.push(await this.answer(terminal, sent));
    return { results };
  }

  private async answer(terminal: TerminalIdentity, sent: unknown): Promise<BatchResult> {
    const key = keyIn(sent);
    try {
      const { status, text } = await this.call(terminal, batchItem(sent));
      return { key, status, body: JSON.parse(text) as object };
    } catch (error) {
      const problem = problemOf(failureOf(error));
      return { key, status: problem.status, body: problem };
    }
  }

  private async call(terminal: TerminalIdentity, item: BatchItem): Promise<GivenAnswer> {
    const { call, body } = item;
    if (call === 'purchase') {
      return this.purchases.register(terminal, keyed(terminal, item, '/purchases', body), body);
    }
    const own = ownBody(body);
    if (call === 'sale') {
      const number = cardNamed(body);
      const path = `/cards/${encodeURIComponent(number)}/sale`;
      return this.cards.sell(terminal, keyed(terminal, item, path, own), number, own);
    }
    const id = await this.purchaseId(terminal, body);
    const path = `/purchases/${encodeURIComponent(id)}/${call === 'refund' ? 'refunds' : call}`;
    return this.afterSale[call](terminal, keyed(terminal, item, path, own), id, own);
  }

  private async purchaseId({ terminalId }: TerminalIdentity, body: BatchItem['body']): Promise<string> {
    const named = purchaseNamed(body);
    const id = 'id' in named ? named.id : await this.purchaseKeys.find(terminalId, named.key);
    if (id === null) {
      throw new DomainError('purchase_not_found', 'not_found');
    }
    return id;
  }
}

function keyed({ terminalId }: TerminalIdentity, { key }: BatchItem, path: string, body: object): KeyedCall {
  return { terminalId, key, requestHash: requestHash('POST', API + path, body) };
}
