import { InvalidInput } from '../../shared/domain-error.js';
import { parseDecimal } from '../../shared/decimal.js';
import { ENCODINGS, FIELDS, SEPARATORS } from '../../sims/import/file-layout.js';
import type { ImportLayout } from '../../sims/import/sim-imports.service.js';
import { MOST_COLUMNS } from '../../sims/import/sim-file.js';

/** Separators by names that a form can say. */
export const SEPARATOR_NAMES = ['tab', 'semicolon', 'pipe', 'comma', 'colon', 'dot'] as const;

const DEAREST_KOPECKS = 100_000_000n;

/** The form of the mapping: `column0` … hold what each column is, nothing where it is left out. Throws InvalidInput. */
export function layoutOf(body: unknown): ImportLayout {
  const fields = (body ?? {}) as Record<string, unknown>;
  const separator = SEPARATORS[SEPARATOR_NAMES.findIndex((name) => name === fields['separator'])];
  const encoding = ENCODINGS.find((name) => name === fields['encoding']);
  if (!separator) throw new InvalidInput([{ path: 'separator', code: 'choose' }]);
  if (!encoding) throw new InvalidInput([{ path: 'encoding', code: 'choose' }]);
  const width = Array.from({ length: MOST_COLUMNS }).findIndex((_, place) => fields[`column${place}`] === undefined);
  const columns = Array.from({ length: width < 0 ? MOST_COLUMNS : width }, (_, place) => {
    return FIELDS.find((field) => field === fields[`column${place}`]) ?? null;
  });
  return { separator, encoding, heading: fields['heading'] === 'on', columns, priceKopecks: priceOf(fields['price']) };
}

/** Rubles as people type them; nothing is no price. */
function priceOf(typed: unknown): string | null {
  const text = typeof typed === 'string' ? typed.replace(/[\s\u00a0]/g, '').replace(',', '.') : '';
  if (text === '') return null;
  const kopecks = parseDecimal(text, 2);
  if (kopecks === null || kopecks > DEAREST_KOPECKS) throw new InvalidInput([{ path: 'price', code: 'sim_price' }]);
  return kopecks.toString();
}
