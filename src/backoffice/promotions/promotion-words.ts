import { formatMoney, formatPoints, formatTime } from '../../infra/i18n/format.js';
import { pointsText } from '../../infra/i18n/points-text.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import type { PromotionExample } from '../../loyalty/promotions/promotion-example.js';
import { localMoment } from '../../loyalty/promotions/local-moment.js';
import { crossesMidnight, type PromotionTerms } from '../../loyalty/promotions/promotion-terms.js';

/** What readable terms need besides the terms. */
export interface WordContext {
  language: Language;
  stations: readonly { id: string; number: number }[];
  segments: readonly { id: string; name: string }[];
  /** Deleted ones, which terms of before may still name. */
  formerSegments: readonly { id: string; name: string }[];
}

export interface TermWords {
  /** A text of `promotions:terms`. */
  name: string;
  words: string;
}

/** What it gives: `×2`, `+5 %`, `50 баллов за чек`. */
export function rewardWords({ kind, value }: PromotionTerms, language: Language): string {
  if (kind === 'fixed') {
    return text(language, 'promotions:reward.fixed', { points: pointsText(BigInt(value), language) });
  }
  const figure = formatPoints(BigInt(value), language).replace(/([.,]\d)0$/, '$1');
  return text(language, `promotions:reward.${kind}`, { figure });
}

function segmentName({ segmentId }: PromotionTerms, { segments, formerSegments }: WordContext): string | null {
  return [...segments, ...formerSegments].find(({ id }) => id === segmentId)?.name ?? null;
}

/** Every term that was set, in the words of the builder. */
export function termWords(terms: PromotionTerms, context: WordContext): TermWords[] {
  const { language } = context;
  const points = (hundredths: number | null): string | null =>
    hundredths === null ? null : pointsText(BigInt(hundredths), language);
  const words: Record<string, string | null> = {
    ...{ title: terms.title, titleEn: terms.titleEn, text: terms.text, textEn: terms.textEn },
    reward: rewardWords(terms, language),
    days: spanWords('days', dayWords(terms.firstDay), dayWords(terms.lastDay), language),
    weekdays: terms.weekdays.map((day) => text(language, `promotions:weekdays.${day}`)).join(', '),
    hours: crossesMidnight(terms)
      ? text(language, 'promotions:hours.night', { from: terms.fromTime!, to: terms.toTime! })
      : spanWords('hours', terms.fromTime, terms.toTime, language),
    stations: stationWords(terms, context),
    categories: terms.categories.map((category) => text(language, `backoffice:categories.${category}`)).join(', '),
    minPaid: terms.minPaidKopecks === null ? null : formatMoney(BigInt(terms.minPaidKopecks), language),
    segment: segmentName(terms, context),
    birthday: terms.birthdayDays === null ? null : text(language, 'promotions:birthday', { count: terms.birthdayDays }),
    firstPurchase: terms.firstPurchase ? text(language, 'promotions:yes') : null,
    ...{ receiptCap: points(terms.receiptCapHundredths), dayCap: points(terms.dayCapHundredths) },
    totalCap: points(terms.totalCapHundredths),
    stacking: text(language, `promotions:stacking.${terms.exclusive ? 'exclusive' : 'stacking'}`),
    priority: terms.exclusive ? String(terms.priority) : null,
  };
  return Object.entries(words).flatMap(([name, said]) => (said ? [{ name, words: said }] : []));
}

export interface TermChange {
  name: string;
  before: string | null;
  after: string | null;
}

/** What changed between two versions, term by term. */
export function changedWords(before: PromotionTerms, after: PromotionTerms, context: WordContext): TermChange[] {
  const [was, is] = [before, after].map(
    (terms) => new Map(termWords(terms, context).map((one) => [one.name, one.words])),
  );
  const names = [...new Set([...is!.keys(), ...was!.keys()])];
  return names
    .map((name) => ({ name, before: was!.get(name) ?? null, after: is!.get(name) ?? null }))
    .filter((change) => change.before !== change.after);
}

/** «Чек на 2 000 ₽ (топливо) в субботу в 12:00 даст 40 баллов: 20 обычных и 20 по акции.» */
export function exampleWords(example: PromotionExample, zone: string, language: Language): string {
  const { paidKopecks, category, at, baseHundredths, promotionHundredths } = example;
  return text(language, 'promotions:example.line', {
    sum: formatMoney(paidKopecks, language),
    category: text(language, `backoffice:categories.${category}`).toLowerCase(),
    day: text(language, `promotions:onWeekday.${localMoment(at, zone).weekday}`),
    time: formatTime(at, { language, zone }),
    points: pointsText(baseHundredths + promotionHundredths, language),
    base: formatPoints(baseHundredths, language),
    promotion: formatPoints(promotionHundredths, language),
  });
}

/** `22.11.2026` */
function dayWords(day: string | null): string | null {
  return day === null ? null : day.split('-').reverse().join('.');
}

function spanWords(name: 'days' | 'hours', from: string | null, to: string | null, language: Language): string | null {
  if (from && to) return text(language, `promotions:${name}.both`, { from, to });
  if (from) return text(language, `promotions:${name}.from`, { from });
  return to ? text(language, `promotions:${name}.to`, { to }) : null;
}

function stationWords(
  { stationChoice, stationIds }: PromotionTerms,
  { language, stations }: WordContext,
): string | null {
  if (stationChoice === 'all') return null;
  const numbers = stations
    .filter(({ id }) => stationIds.includes(id))
    .map(({ number }) => `№\u00a0${number}`)
    .join(', ');
  return text(language, `promotions:stations.${stationChoice}`, { numbers });
}
