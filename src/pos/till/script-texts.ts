import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../infra/i18n/texts.js';
import { ROOT } from '../../infra/root.js';
import { refusalTexts } from './refusal-texts.js';

interface ScriptTexts {
  /** `till:script`, with values in single braces that the page fills in. */
  script: Record<string, string>;
  /** Refusals' own titles are Russian whatever the page's language. */
  refusals: Record<string, [title: string, next: string]>;
}

const TEXTS = Object.fromEntries(LANGUAGES.map((language) => [language, readTexts(language)])) as Record<
  Language,
  ScriptTexts
>;

/** What the till's script says, as JSON. */
export function scriptTexts(language: Language): string {
  const { script, refusals } = TEXTS[language];
  return JSON.stringify({ ...script, refusals });
}

/** What the list of unsent receipts says on the pages before the till, as JSON. */
export function unsentTexts(language: Language): string {
  const { script, refusals } = TEXTS[language];
  const { itemSale, itemPurchase, itemCard } = script;
  return JSON.stringify({ itemSale, itemPurchase, itemCard, refusals });
}

function readTexts(language: Language): ScriptTexts {
  const path = join(ROOT, 'locales', language, 'till.json');
  const { script } = JSON.parse(readFileSync(path, 'utf8')) as Pick<ScriptTexts, 'script'>;
  return { script, refusals: refusalTexts(language) };
}
