/** SQL: the customer `$1` and whoever was merged into them. */
export const MERGED_CUSTOMERS = `select id, points_account_id from customer where id = $1 or merged_into = $1`;

/**
 * SQL: whose points they were at the time, for the customer `$1`. Their own account, those of whoever was merged into
 * them, and those of cards before they were activated, each with the card's number.
 */
export const CUSTOMER_ACCOUNTS = `
  select points_account_id as id, null as card_number from (${MERGED_CUSTOMERS}) people
  union all
  select moved_from_account_id, card_number from activation
  where customer_id in (select id from (${MERGED_CUSTOMERS}) people) and moved_from_account_id is not null`;
