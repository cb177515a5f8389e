import { type Language, text } from '../../infra/i18n/texts.js';
import type { ShownTariff } from '../../tariffs/catalogue/shown-tariff.js';
import { monthlyKopecks } from '../../tariffs/catalogue/tariff-search.js';
import { TARIFF_ASPECTS, type TariffAspect } from '../../tariffs/tariff-difference.js';
import type { AllowanceKind, TariffTerms } from '../../tariffs/tariff-terms.js';
import { aspectWords } from '../../tariffs/words/tariff-words.js';

export interface ComparedCell {
  /** Null where nobody knows. */
  words: string | null;
  best: boolean;
}

export interface ComparedRow {
  aspect: TariffAspect;
  cells: ComparedCell[];
  differs: boolean;
  /** What being the best means here: `cheapest`, `most`. */
  praise: string | null;
}

/** Neither stands in the table: one heads it, the other is no property of the tariff. */
const LEFT_OUT: readonly TariffAspect[] = ['name', 'source'];

/** What a customer would rather have, as a number; null where it is not known. */
const WORTH: Partial<Record<TariffAspect, (terms: TariffTerms) => number | null>> = {
  price: ({ priceKopecks, period }) => less(monthlyKopecks(priceKopecks, period)),
  connectionFee: ({ connectionFeeKopecks }) => less(connectionFeeKopecks),
  minutes: ({ minutesKind, minutes }) => more(minutesKind, minutes),
  traffic: ({ trafficKind, trafficMegabytes }) => more(trafficKind, trafficMegabytes),
  sms: ({ smsKind, sms }) => more(smsKind, sms),
};

/** The rows of the table that stands tariffs side by side, and what differs in them. */
export function compareTariffs(tariffs: readonly ShownTariff[], language: Language): ComparedRow[] {
  return TARIFF_ASPECTS.filter((aspect) => !LEFT_OUT.includes(aspect)).flatMap((aspect) => {
    const words = tariffs.map((tariff) => aspectWords(tariff, aspect, language));
    if (words.every((word) => word === null)) return [];
    const best = bestOf(aspect, tariffs);
    const differs = new Set(words).size > 1;
    const cells = words.map((word, index) => ({ words: word, best: best.has(index) }));
    return [{ aspect, cells, differs, praise: best.size > 0 ? praiseOf(aspect, language) : null }];
  });
}

/** Those that are better than the rest; none where there is nothing to choose. */
function bestOf(aspect: TariffAspect, tariffs: readonly ShownTariff[]): Set<number> {
  const worth = tariffs.map((tariff) => WORTH[aspect]?.(tariff) ?? null);
  const known = worth.filter((value) => value !== null);
  if (new Set(known).size < 2) return new Set();
  const most = Math.max(...known);
  return new Set(worth.flatMap((value, index) => (value === most ? [index] : [])));
}

function praiseOf(aspect: TariffAspect, language: Language): string {
  const cheap = aspect === 'price' || aspect === 'connectionFee';
  return text(language, cheap ? 'tariffs:compare.cheapest' : 'tariffs:compare.most');
}

function less(kopecks: bigint | null): number | null {
  return kopecks === null ? null : -Number(kopecks);
}

function more(kind: AllowanceKind, amount: number | null): number | null {
  if (kind === 'unknown') return null;
  return kind === 'unlimited' ? Infinity : (amount ?? 0);
}
