import { isObject } from 'class-validator';
import { InvalidInput } from '../../shared/domain-error.js';
import { isPlainText } from '../dto/constraints.js';
import { type BatchCall, BatchItemDto, MOST_ITEMS } from '../dto/batch.dto.js';
import { validateBody } from '../validate.js';

/** One call out of a batch, with its body as it was sent. */
export interface BatchItem {
  key: string;
  call: BatchCall;
  body: Record<string, unknown>;
}

const LONGEST_ID = 64;

/** The items as they were sent, whatever each of them is; throws InvalidInput where the body is no batch at all. */
export function itemsOf(body: unknown): unknown[] {
  if (!isObject(body)) {
    throw new InvalidInput([{ path: '', code: 'object' }]);
  }
  const { items } = body as { items?: unknown };
  if (!Array.isArray(items)) {
    throw new InvalidInput([{ path: 'items', code: 'list' }]);
  }
  if (items.length > MOST_ITEMS) {
    throw new InvalidInput([{ path: 'items', code: 'too_many', params: { max: MOST_ITEMS } }]);
  }
  return items;
}

/** Throws InvalidInput, with paths within the item. */
export function batchItem(sent: unknown): BatchItem {
  const { key, call } = validateBody(BatchItemDto, sent);
  return { key, call, body: (sent as BatchItem).body };
}

/** What the item called itself; null where that is no text. */
export function keyIn(sent: unknown): string | null {
  const key = isObject(sent) ? (sent as { key?: unknown }).key : null;
  return typeof key === 'string' ? key : null;
}

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
