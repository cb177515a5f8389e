import type { AlertState } from './alert.queries.js';

/** The colour of an alert's state. */
export const ALERT_TAGS: Record<AlertState, string | null> = { open: 'warning', looked_at: 'success', dismissed: null };
