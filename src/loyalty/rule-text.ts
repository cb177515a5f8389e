import { hasText, text, type Language } from '../infra/i18n/texts.js';

/** A rule's name for a page: by its code, with the rate that its kept title says; else that title, which is Russian. */
export function ruleText({ code, title }: { code: string; title: string }, language: Language): string {
  const key = `common:rules.${code}`;
  const rate = /^\d+(,\d+)?(?= %)/.exec(title)?.[0];
  if (rate === undefined || !hasText(language, key)) return title;
  return text(language, key, { percent: language === 'ru' ? rate : rate.replace(',', '.') });
}
