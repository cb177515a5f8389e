import type { BookRule } from '../ledger/ledger-proof.service.js';

/** What must hold between cards, their blocks and their replacements. */
export const CARD_RULES: readonly BookRule[] = [
  {
    rule: 'a card with a block in force is blocked',
    sql: `
      select c.number, c.state from card_block b join card c on c.number = b.card_number
      where b.lifted_at is null and c.state <> 'blocked'`,
  },
  {
    rule: 'a replaced number and the one that came for it share account and customer',
    sql: `
      select r.old_number, r.new_number from card_replacement r
      join card old on old.number = r.old_number join card new on new.number = r.new_number
      where old.state <> 'replaced'
         or (old.account_id, old.customer_id) is distinct from (new.account_id, new.customer_id)`,
  },
];
