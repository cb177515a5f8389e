import type { CompanyLineRow } from './company-lines.queries.js';

/** A company's line as pages show it. */
export interface CompanyLineView extends CompanyLineRow {
  /** Who was named; null where nobody was. */
  user: string | null;
  /** Of the tag that names its state in ESIA. */
  tag: 'warning' | 'error' | 'info' | 'success' | null;
}

const TAGS = { not_needed: null, to_do: 'warning', submitted: 'info', confirmed: 'success' } as const;

export function companyLineView(row: CompanyLineRow): CompanyLineView {
  const user = row.user_kind === null ? null : row.used_by;
  return { ...row, user, tag: row.overdue ? 'error' : TAGS[row.esia_state] };
}
