import { dayOf } from '../infra/i18n/format.js';
import type { Language } from '../infra/i18n/texts.js';
import { changeHundredths, type Operation, operationIcon } from './operation.js';
import { operationNote, operationTitle } from './operation-words.js';

export interface FeedItem {
  href: string;
  icon: string;
  title: string;
  note: string;
  amountHundredths: bigint;
  /** Earned with the same receipt that points were spent on. */
  secondHundredths: bigint | null;
  /** It neither added to the balance nor took from it: the figure stands without a sign. */
  plain: boolean;
}

export interface FeedDay {
  at: Date;
  totalHundredths: bigint;
  items: FeedItem[];
}

export interface FeedOptions {
  language: Language;
  /** In which a day begins and ends. */
  zone: string;
}

/** Operations, newest first, by their days with each day's sum. */
export function feedDays(operations: readonly Operation[], { language, zone }: FeedOptions): FeedDay[] {
  const days: (FeedDay & { day: string })[] = [];
  for (const operation of operations) {
    const day = dayOf(operation.at, zone);
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
  operations: readonly Operation[],
  size: number,
  zone: string,
): { shown: Operation[]; more: boolean } {
  if (operations.length <= size) return { shown: [...operations], more: false };
  const days = operations.map(({ at }) => dayOf(at, zone));
  const complete = days.indexOf(days.at(-1)!);
  return { shown: operations.slice(0, complete > 0 && complete <= size ? complete : size), more: true };
}

function feedItem(operation: Operation, language: Language): FeedItem {
  const { id, kind, plusHundredths, minusHundredths } = operation;
  const spent = minusHundredths > 0n;
  return {
    href: `/cabinet/points/${id}`,
    icon: operationIcon(operation),
    title: operationTitle(operation, language),
    note: operationNote(operation, language),
    amountHundredths: spent ? -minusHundredths : plusHundredths,
    secondHundredths: spent && plusHundredths > 0n ? plusHundredths : null,
    plain: kind === 'move',
  };
}
