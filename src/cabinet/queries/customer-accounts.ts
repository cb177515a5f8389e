/** What stands for a card's number where points came from a customer who was merged into this one. */
export const MERGED_ACCOUNT = '';

const PEOPLE = `(select id, points_account_id from customer where id = $1 or merged_into = $1) people`;

/**
 * SQL: whose points they were at the time, for the customer `$1`. Their own account, those of whoever was merged into
 * them, and those of cards before they were activated, each with the card's number.
 */
export const CUSTOMER_ACCOUNTS = `
  select points_account_id as id, case when id <> $1 then '${MERGED_ACCOUNT}' end as card_number from ${PEOPLE}
  union all
  select moved_from_account_id, card_number from activation
  where customer_id in (select id from ${PEOPLE}) and moved_from_account_id is not null`;

/** SQL: what a transfer `t` out of one of them, `mine`, is to the customer. A debt moves by being paid from there. */
export const MOVEMENT_KIND = `
  case when t.kind = 'burn' then 'burning'
       when exists (select from customer_merge where id = t.subject_id and moved_hundredths < 0) then 'debt'
       else 'move' end`;

/**
 * SQL: points that burnt, came with a card or came with a customer who was merged into this one. A debt that came with a
 * card is seen in its refund; points that are held stay the customer's.
 */
export const IS_MOVEMENT = `
  (t.kind = 'burn' or t.kind = 'move' and (
     mine.card_number <> '${MERGED_ACCOUNT}' or exists (select from customer_merge where id = t.subject_id)))`;
