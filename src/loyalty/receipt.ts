import type { Category } from '../stations/category.js';

/** One line of a receipt as the till sent it. */
export interface ReceiptLine {
  category: Category;
  /** What counts, kopecks; may be 0. */
  sumKopecks: bigint;
  sku?: string | null;
  name?: string | null;
  priceKopecks?: bigint | null;
  quantityThousandths?: bigint | null;
}

/** How many points the customer wants to spend: as much as possible, or hundredths of a point. */
export type Redeem = 'max' | bigint;

/** Regulated goods take neither discount nor, unless the programme says so, reward (303-ФЗ 2020, 178-ФЗ 2023). */
export function isRegulated(line: Pick<ReceiptLine, 'category'>): boolean {
  return line.category === 'tobacco';
}
