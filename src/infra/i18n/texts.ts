import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInstance, type TFunction } from 'i18next';
import { ROOT } from '../root.js';

export const LANGUAGES = ['ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type TextParams = Record<string, unknown>;

const LOCALES = join(ROOT, 'locales');
const translators = loadTranslators();
const plain: Record<Language, Map<string, string>> = { ru: new Map(), en: new Map() };

/**
 * The text of `area:key` in the given language; `count` chooses the plural.
 * Pure and synchronous: pages, workers and messages all use it.
 */
export function text(language: Language, key: string, params?: TextParams): string {
  if (params) return translators[language](key, params);
  const known = plain[language].get(key);
  if (known !== undefined) return known;
  const found = translators[language](key);
  plain[language].set(key, found);
  return found;
}

/** Whether the text exists; pages fall back to a general text where a code has none of its own. */
export function hasText(language: Language, key: string): boolean {
  return text(language, key) !== key.slice(key.indexOf(':') + 1);
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

function loadTranslators(): Record<Language, TFunction> {
  const resources = Object.fromEntries(LANGUAGES.map((language) => [language, loadAreas(language)]));
  const i18n = createInstance();
  void i18n.init({
    resources,
    lng: 'ru',
    fallbackLng: 'ru',
    ns: Object.keys(resources['ru'] ?? {}),
    defaultNS: 'common',
    initAsync: false,
    // Templates and JSON escape for themselves; escaping here would do it twice.
    interpolation: { escapeValue: false },
  });
  return { ru: i18n.getFixedT('ru'), en: i18n.getFixedT('en') };
}

function loadAreas(language: Language): Record<string, object> {
  const folder = join(LOCALES, language);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(files.map((file) => [basename(file, '.json'), readJson(join(folder, file))]));
}

function readJson(path: string): object {
  return JSON.parse(readFileSync(path, 'utf8')) as object;
}
