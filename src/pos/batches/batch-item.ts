import { InvalidInput } from '../../shared/domain-error.js';
import { isPlainText } from '../dto/constraints.js';
import type { BatchCall } from '../dto/batch.dto.js';

/** One call out of a batch, with its body as it was sent. */
export interface BatchItem {
  key: string;
  call: BatchCall;
  body: Record<string, unknown>;
}

const LONGEST_ID = 64;

/** What follows a purchase names it by its id, or by the key that it was registered under. */
export function purchaseNamed({ purchase, purchaseKey }: BatchItem['body']): { id: string } | { key: string } {
  if (isName(purchase) && purchaseKey === undefined) {
    return { id: purchase };
  }
  if (isName(purchaseKey) && purchase === undefined) {
    return { key: purchaseKey };
  }
  throw new InvalidInput([{ path: isName(purchase) ? 'purchaseKey' : 'purchase', code: 'purchase_named' }]);
}

export function cardNamed({ card }: BatchItem['body']): string {
  if (isName(card)) {
    return card;
  }
  throw new InvalidInput([{ path: 'card', code: 'plain_text', params: { max: LONGEST_ID } }]);
}

/** The body that the call by itself would have had: what names its object stands in the path there. */
export function ownBody({ card: _card, purchase: _purchase, purchaseKey: _key, ...body }: BatchItem['body']): object {
  return body;
}

function isName(value: unknown): value is string {
  return isPlainText(value, LONGEST_ID);
}
