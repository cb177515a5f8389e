import type { BookRule } from '../ledger/ledger-proof.service.js';

/** What must hold between purchases and the ledger. */
export const PURCHASE_RULES: readonly BookRule[] = [
  {
    rule: 'a purchase spends and earns what the ledger moved for it',
    sql: `
      with moved as (
        select subject_id, sum(amount) filter (where kind = 'spend') as spent, sum(amount) filter (where kind = 'earn') as earned
        from transfer where kind in ('spend', 'earn') group by subject_id)
      select p.id, p.redeemed_hundredths, m.spent, p.earned_hundredths, m.earned
      from purchase p left join moved m on m.subject_id = p.id
      where p.state = 'confirmed'
        and (p.redeemed_hundredths <> coalesce(m.spent, 0) or p.earned_hundredths <> coalesce(m.earned, 0))`,
  },
  {
    rule: 'points are spent and earned by purchases only',
    sql: `
      select t.id, t.kind, t.subject_id from transfer t left join purchase p on p.id = t.subject_id
      where t.kind in ('spend', 'earn') and p.id is null`,
  },
  {
    rule: 'the lines of a purchase add up to it',
    sql: `
      with sums as (
        select purchase_id, sum(sum_kopecks) as total, sum(discount_kopecks) as discount, sum(earned_hundredths) as earned
        from purchase_line group by purchase_id)
      select p.id from purchase p left join sums s on s.purchase_id = p.id
      where (p.total_kopecks, p.redeemed_hundredths, p.earned_hundredths) is distinct from (s.total, s.discount, s.earned)`,
  },
  {
    rule: 'a card’s account is its customer’s, and before activation nobody’s',
    sql: `
      select c.number, c.state from card c left join customer o on o.id = c.customer_id
      where c.customer_id is not null and c.account_id is distinct from o.points_account_id
         or c.customer_id is null and exists (select from customer x where x.points_account_id = c.account_id)`,
  },
];
