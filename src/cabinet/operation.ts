import type { Category } from '../stations/category.js';
import type { OperationLine, OperationRow } from './queries/operations.queries.js';

/** Points in hundredths, money in kopecks. */
export interface Operation {
  id: string;
  kind: OperationRow['kind'];
  at: Date;
  plusHundredths: bigint;
  minusHundredths: bigint;
  totalKopecks: bigint;
  cardNumber: string | null;
  station: string | null;
  lines: OperationLine[];
  lineCount: number;
}

/** One of a list, with the day it belongs to. */
export interface ListedOperation extends Operation {
  /** `2026-11-22` */
  day: string;
}

export function toOperation(row: OperationRow): ListedOperation {
  const lines = row.lines ?? [];
  return {
    ...{
      id: row.id,
      kind: row.kind,
      at: new Date(row.at),
      day: row.day,
      cardNumber: row.card_number,
      station: row.station,
      lines,
    },
    plusHundredths: BigInt(row.plus),
    minusHundredths: BigInt(row.minus),
    totalKopecks: BigInt(row.total_kopecks ?? 0),
    lineCount: lines[0]?.count ?? 0,
  };
}

/** What moved over had been counted when it was earned, a debt when it was made: neither changes the sum of all. */
export function movedOver({ kind }: Pick<Operation, 'kind'>): boolean {
  return kind === 'move' || kind === 'debt';
}

/** What the balance gained or lost. */
export function changeHundredths(operation: Operation): bigint {
  return movedOver(operation) ? 0n : operation.plusHundredths - operation.minusHundredths;
}

/** What was taken stands first; what came with it second. */
export function figuresOf({ plusHundredths, minusHundredths }: Pick<Operation, 'plusHundredths' | 'minusHundredths'>): {
  amountHundredths: bigint;
  secondHundredths: bigint | null;
} {
  return minusHundredths > 0n
    ? { amountHundredths: -minusHundredths, secondHundredths: plusHundredths > 0n ? plusHundredths : null }
    : { amountHundredths: plusHundredths, secondHundredths: null };
}

const CATEGORY_ICONS: Record<Category, { icon: string }> = {
  fuel: { icon: 'gas-station' },
  goods: { icon: 'shopping-bag' },
  food: { icon: 'coffee' },
  services: { icon: 'car' },
  tobacco: { icon: 'building-store' },
};
const BURNING = { icon: 'flame' };
const MOVE = { icon: 'credit-card' };
const DEBT = { icon: 'users' };
const REFUND = { icon: 'receipt-refund' };
const HELD = { icon: 'hourglass' };

export function categoryIcon(category: Category): string {
  return CATEGORY_ICONS[category].icon;
}

export function operationIcon({ kind, lines }: Operation): string {
  switch (kind) {
    case 'burning':
      return BURNING.icon;
    case 'move':
      return MOVE.icon;
    case 'debt':
      return DEBT.icon;
    case 'refund':
      return REFUND.icon;
    case 'held':
      return HELD.icon;
    case 'purchase':
      return categoryIcon(mainCategory(lines));
  }
}

/** Whoever bought fuel and a coffee has been to the pump. */
function mainCategory(lines: readonly OperationLine[]): Category {
  return lines.some(({ category }) => category === 'fuel') ? 'fuel' : (lines[0]?.category ?? 'goods');
}
