import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../infra/root.js';

const FOLDER = join(ROOT, 'views', 'partials', 'legal');

export const LEGAL_SLUGS = ['programme-rules', 'privacy', 'personal-data', 'mailings', 'callback', 'order'] as const;
export type LegalSlug = (typeof LEGAL_SLUGS)[number];

/** All versions of each text, the one in force first. A text is never changed: a new date is a new file. */
const VERSIONS = Object.fromEntries(LEGAL_SLUGS.map((slug) => [slug, versionsOf(slug)])) as Record<LegalSlug, string[]>;

export function isLegalSlug(slug: string): slug is LegalSlug {
  return LEGAL_SLUGS.some((known) => known === slug);
}

export function legalVersions(slug: LegalSlug): string[] {
  return VERSIONS[slug];
}

/** `2025-01-01.ru.hbs` */
function versionsOf(slug: string): string[] {
  const dates = readdirSync(join(FOLDER, slug)).map((file) => file.slice(0, '2025-01-01'.length));
  return [...new Set(dates)].sort().reverse();
}
