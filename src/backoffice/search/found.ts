import type { Language } from '../../infra/i18n/texts.js';
import type { Viewer } from '../../infra/web/viewer.js';

export const GROUPS = ['customers', 'cards', 'companies', 'orders', 'lines', 'sims', 'tariffs'] as const;
export type GroupName = (typeof GROUPS)[number];

export interface FoundRow {
  path: string;
  title: string;
  note: string;
}

/** What of one kind fits what was typed. */
export interface Group {
  name: GroupName;
  rows: FoundRow[];
  more: boolean;
  /** The list with all of them; null where there is none. */
  path: string | null;
}

export interface Searcher {
  viewer: Viewer | null;
  language: Language;
}

/** Rows of one kind on the page of results. */
export const MOST_FOUND = 5;

export function groupOf(name: GroupName, rows: readonly FoundRow[], path: string | null): Group {
  return { name, rows: rows.slice(0, MOST_FOUND), more: rows.length > MOST_FOUND, path };
}
