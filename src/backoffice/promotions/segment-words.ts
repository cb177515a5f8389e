import { formatMoney } from '../../infra/i18n/format.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import type { SegmentConditions } from '../../loyalty/promotions/segments/segment-conditions.js';

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** `нет покупок 30 дней · женщины`; a list of phones has no conditions. */
export function conditionWords(conditions: SegmentConditions | null, language: Language): string {
  if (conditions === null) return text(language, 'promotions:segments.byPhones');
  const say = (key: string, value: unknown): string[] =>
    value === null ? [] : [text(language, `promotions:segmentWords.${key}`, { value, count: Number(value) })];
  const { registeredFrom, registeredTo, idleDays, spentKopecks, sex, ageFrom, ageTo, birthMonth } = conditions;
  return [
    ...say('registeredFrom', registeredFrom),
    ...say('registeredTo', registeredTo),
    ...say('idleDays', idleDays),
    ...say('spent', spentKopecks === null ? null : formatMoney(BigInt(spentKopecks), language)),
    ...(sex === null ? [] : [text(language, `promotions:sexes.${sex}`)]),
    ...say('ageFrom', ageFrom),
    ...say('ageTo', ageTo),
    ...(birthMonth === null ? [] : say('birthMonth', monthName(birthMonth, language))),
  ].join(' · ');
}

export function monthOptions(language: Language): object[] {
  return MONTHS.map((month) => ({ value: String(month), name: monthName(month, language) }));
}

export function sexOptions(language: Language): object[] {
  return ['female', 'male'].map((value) => ({ value, name: text(language, `promotions:sexes.${value}`) }));
}

function monthName(month: number, language: Language): string {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 15));
}
