import type { Sql } from '../../infra/database/sql.js';
import type { AlertState } from './alert.queries.js';
import { ALERT_TAGS } from './alert-tags.js';

export interface CustomerAlertRow {
  id: string;
  rule: string;
  card_number: string | null;
  state: AlertState;
  ended_at: string;
}

const LAST = 5;

/**
 * Alerts on these people or on cards of theirs, those that wait for a verdict first. An alert stays with whom it was
 * raised on, so the survivor of a merge is asked about with those who were merged into them.
 */
export function lastAlertsOn(sql: Sql, customerIds: readonly string[]): Promise<CustomerAlertRow[]> {
  return sql.query<CustomerAlertRow>(
    `select id, rule, card_number, state, ended_at from fraud_alert
     where customer_id = any($1) or card_number in (select number from card where customer_id = any($1))
     order by state = 'open' desc, ended_at desc, id desc limit ${LAST}`,
    [customerIds],
  );
}

export function withTag(row: CustomerAlertRow): CustomerAlertRow & { tag: string | null } {
  return { ...row, tag: ALERT_TAGS[row.state] };
}
