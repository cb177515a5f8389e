import type { FieldError } from '../shared/domain-error.js';
import { categories, type Category } from './category.js';

const LONGEST_CODE = 64;
const MOST_CODES = 500;

/** What staff typed beside each category: codes between commas, semicolons or line ends. */
export type AliasForm = Partial<Record<Category, string>>;

/**
 * The register's own goods group codes and what they count as: one code, one category.
 * Codes that people typed twice are named in the faults, so that they can be found in a long list.
 */
export function readAliases(form: AliasForm): { aliases: Map<string, Category>; faults: FieldError[] } {
  const aliases = new Map<string, Category>();
  const faults: FieldError[] = [];
  for (const category of categories) {
    for (const code of codesOf(form[category] ?? '')) {
      const other = aliases.get(code);
      if (code.length > LONGEST_CODE) {
        faults.push({
          path: category,
          code: 'alias_too_long',
          params: { code: `${code.slice(0, 20)}…`, max: LONGEST_CODE },
        });
      } else if (other && other !== category) {
        faults.push({ path: category, code: 'alias_taken', params: { code } });
      } else {
        aliases.set(code, category);
      }
    }
  }
  if (aliases.size > MOST_CODES) faults.push({ path: 'fuel', code: 'aliases_too_many', params: { max: MOST_CODES } });
  return { aliases, faults };
}

function codesOf(typed: string): string[] {
  return typed
    .split(/[,;\n\r]/)
    .map((code) => code.trim())
    .filter((code) => code !== '');
}
