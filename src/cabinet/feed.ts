import type { Language } from '../infra/i18n/texts.js';
import {
  changeHundredths,
  figuresOf,
  type ListedOperation,
  movedOver,
  type Operation,
  operationIcon,
} from './operation.js';
import { operationNote, operationTitle } from './operation-words.js';

export interface FeedItem {
  href: string;
  icon: string;
  title: string;
  note: string;
  amountHundredths: bigint;
  /** Earned with the same receipt that points were spent on, or given back by the refund that took some back. */
  secondHundredths: bigint | null;
  /** It neither added to the balance nor took from it: the figure stands without a sign. */
  plain: boolean;
}

export interface FeedDay {
  at: Date;
  totalHundredths: bigint;
  items: FeedItem[];
}

/** Operations, newest first, by their days with each day's sum. */
export function feedDays(operations: readonly ListedOperation[], language: Language): FeedDay[] {
  const days: (FeedDay & { day: string })[] = [];
  for (const operation of operations) {
    const { day } = operation;
    let last = days.at(-1);
    if (last?.day !== day) days.push((last = { day, at: operation.at, totalHundredths: 0n, items: [] }));
    last.totalHundredths += changeHundredths(operation);
    last.items.push(feedItem(operation, language));
  }
  return days;
}

/**
 * As many whole days as fit into `size` operations, so that every day's sum is its own; of a day that alone does not
 * fit, what does. `operations` holds one more than `size` where there are more.
 */
export function wholeDays(
  operations: readonly ListedOperation[],
  size: number,
): { shown: ListedOperation[]; more: boolean } {
  if (operations.length <= size) return { shown: [...operations], more: false };
  const cut = operations.findIndex(({ day }) => day === operations.at(-1)!.day);
  return { shown: operations.slice(0, cut > 0 ? Math.min(cut, size) : size), more: true };
}

function feedItem(operation: Operation, language: Language): FeedItem {
  const { id } = operation;
  return {
    href: `/cabinet/points/${id}`,
    icon: operationIcon(operation),
    title: operationTitle(operation, language),
    note: operationNote(operation, language),
    ...figuresOf(operation),
    plain: movedOver(operation),
  };
}
