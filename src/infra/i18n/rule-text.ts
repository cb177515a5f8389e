import { hasText, text, type Language } from './texts.js';

/**
 * A rule's name for a page: the English one it was kept with; by its code, with the rate that its kept title says; else
 * that title, which is Russian.
 */
export function ruleText(rule: { code: string; title: string; titleEn?: string }, language: Language): string {
  const { code, title, titleEn } = rule;
  if (language === 'en' && titleEn !== undefined) return titleEn;
  const key = `common:rules.${code}`;
  const rate = /^\d+(,\d+)?(?= %)/.exec(title)?.[0];
  if (rate === undefined || !hasText(language, key)) return title;
  return text(language, key, { percent: language === 'ru' ? rate : rate.replace(',', '.') });
}
