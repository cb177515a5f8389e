/**
 * SQL: whose points they were at the time, for the customer `$1`. Their own account, and those of cards before they were
 * activated, each with the card's number.
 */
export const CUSTOMER_ACCOUNTS = `
  select points_account_id as id, null as card_number from customer where id = $1
  union all
  select moved_from_account_id, card_number from activation where customer_id = $1 and moved_from_account_id is not null`;
