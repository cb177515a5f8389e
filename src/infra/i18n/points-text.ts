import { formatPoints } from './format.js';
import { text, type Language } from './texts.js';

/** Hundredths of a point with their word: `120 баллов`, `1 балл`, `1,50 балла`. */
export function pointsText(hundredths: bigint, language: Language): string {
  const count = Math.abs(Number(hundredths)) / 100;
  return text(language, 'common:points', { count, amount: formatPoints(hundredths, language) });
}
