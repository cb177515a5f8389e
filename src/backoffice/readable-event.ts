import { hasText } from '../infra/i18n/texts.js';
import type { AuditRow } from './queries/audit.queries.js';

export interface ReadableEvent extends AuditRow {
  /** The text that says what happened; null where only its code is known. */
  actionKey: string | null;
  /** `size: 500 · stationId: …`: facts are ids, states and counts, so they are shown as they are. */
  factText: string;
  shortId: string;
}

const SHORT = 8;

export function readableEvent(row: AuditRow): ReadableEvent {
  const key = `backoffice:actions.${row.action}`;
  return {
    ...row,
    actionKey: hasText('ru', key) ? key : null,
    factText: Object.entries(row.facts)
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' · '),
    // The end of an id tells more than its beginning, which is the time.
    shortId: row.object_id.length > SHORT ? `…${row.object_id.slice(-SHORT)}` : row.object_id,
  };
}
