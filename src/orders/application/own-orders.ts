/**
 * Orders of the customer `$1`: from their cabinet, handed over to them, or made with the phone that they log in with; those
 * of whoever was merged into them follow. A condition on `s`.
 */
export const OWN_ORDERS = `s.id in (
  select id from sim_order where customer_id in (select id from customer where id = $1 or merged_into = $1)
  union select o.id from sim_order o join login l on l.phone = o.phone where l.id = $1 and o.customer_id is null)`;
