import type { Page } from '../shared/keyset.js';

/** The query of an address as Express reads it: anything may stand there. */
export type PageQuery = Readonly<Record<string, unknown>>;

/** One value of the query where it is a plain one, without anything that cannot be seen. */
export function textOf(query: PageQuery, name: string): string | null {
  const value = query[name];
  return typeof value === 'string' && /^\P{C}{1,200}$/u.test(value) ? value : null;
}

/** What was searched for where only digits can be, and there is none in it: such a list is empty, and says why. */
export function wordsInsteadOf(digits: string | null, query: PageQuery): string | null {
  return digits === null ? textOf(query, 'q')?.trim() || null : null;
}

/** An address with the filters that are set; the rest is left out. */
export function addressOf(path: string, filters: Readonly<Record<string, string | null | undefined>>): string {
  const set = Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return set.length > 0 ? `${path}?${new URLSearchParams(set).toString()}` : path;
}

/** Where the list goes on, and the way back to its front. */
export function pagePaths(
  path: string,
  filters: Readonly<Record<string, string | null | undefined>>,
  query: PageQuery,
  page: Pick<Page<unknown>, 'next'>,
): { nextPath: string | null; firstPath: string | null } {
  return {
    nextPath: page.next ? addressOf(path, { ...filters, after: page.next }) : null,
    firstPath: query['after'] ? addressOf(path, filters) : null,
  };
}
