import { hasText } from '../infra/i18n/texts.js';
import type { AuditRow } from './queries/audit.queries.js';

export interface ReadableEvent extends AuditRow {
  /** The text that says what happened; null where only its code is known. */
  actionKey: string | null;
  /** The same for the kind of the object. */
  objectKey: string | null;
  /** `size: 500 · stationId: …`: facts are ids, states and counts, so they are shown as they are. */
  factText: string;
  shortId: string;
}

const SHORT = 8;

export function readableEvent(row: AuditRow): ReadableEvent {
  return {
    ...row,
    actionKey: textKey(`backoffice:actions.${row.action}`),
    objectKey: textKey(`backoffice:objects.${row.object_kind}`),
    factText: Object.entries(row.facts)
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' · '),
    // The end of an id tells more than its beginning, which is the time.
    shortId: row.object_id.length > SHORT ? `…${row.object_id.slice(-SHORT)}` : row.object_id,
  };
}

/** Other rooms add actions of their own; what has no words yet is shown as it is called. */
function textKey(key: string): string | null {
  return hasText('ru', key) ? key : null;
}
