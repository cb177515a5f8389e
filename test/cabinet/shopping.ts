import { parse } from 'node-html-parser';
import type { Response } from 'supertest';
import type { Pos, PurchaseInput } from '../support/pos.js';

/** A purchase that the till must take. */
export async function buy(till: Pos, purchase: PurchaseInput): Promise<void> {
  const answer = await till.purchase(purchase);
  if (answer.status !== 201) throw new Error(`not bought: ${answer.status} ${answer.text}`);
}

/** The words of the page itself, without its frame, with a space between any two elements. */
export function wordsOf(answer: Response): string {
  const main = parse(answer.text).querySelector('main')?.innerHTML ?? '';
  return parse(main.replaceAll('<', ' <')).text.replace(/\s+/g, ' ').trim();
}
