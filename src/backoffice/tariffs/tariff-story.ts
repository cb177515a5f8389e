import type { Language } from '../../infra/i18n/texts.js';
import { differencesOf, TARIFF_ASPECTS, type TariffAspect } from '../../tariffs/tariff-difference.js';
import type { TariffTerms } from '../../tariffs/tariff-terms.js';
import type { TariffVersion } from '../../tariffs/tariff-version.entity.js';
import { aspectWords } from '../../tariffs/words/tariff-words.js';

export interface Told {
  aspect: TariffAspect;
  /** Null where nobody knows. */
  words: string | null;
}

export interface Changed {
  aspect: TariffAspect;
  before: string | null;
  after: string | null;
}

/** Everything that a version says, unknown things included. */
export function linesOf(terms: TariffTerms, language: Language): Told[] {
  return TARIFF_ASPECTS.filter((aspect) => aspect !== 'name').map((aspect) => ({
    aspect,
    words: aspectWords(terms, aspect, language),
  }));
}

export function changesOf(before: TariffTerms, after: TariffTerms, language: Language): Changed[] {
  return differencesOf(before, after).map((aspect) => ({
    aspect,
    before: aspectWords(before, aspect, language),
    after: aspectWords(after, aspect, language),
  }));
}

/** The versions, the newest first, each with what it changed about the one before. */
export function historyOf(
  versions: readonly TariffVersion[],
  names: Map<string, string>,
  language: Language,
): object[] {
  return versions.map((version, index) => {
    const before = versions.slice(index + 1).find(({ withdrawnAt }) => withdrawnAt === null);
    const byId = version.publishedBy ?? version.createdBy;
    return {
      ...{ number: version.number, draft: version.state === 'draft', withdrawn: version.withdrawnAt !== null },
      ...{ validFrom: version.validFrom, origin: version.origin, by: byId === null ? null : names.get(byId) },
      at: version.publishedAt ?? version.createdAt,
      changes: before ? changesOf(before, version, language) : null,
    };
  });
}
