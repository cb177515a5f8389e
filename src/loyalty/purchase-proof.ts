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
      where p.state <> 'held'
        and (p.redeemed_hundredths <> coalesce(m.spent, 0) or p.earned_hundredths <> coalesce(m.earned, 0))
        or p.state <> 'confirmed' and (m.spent is not null or m.earned is not null)`,
  },
  {
    rule: 'a purchase waits while its points are held, and no longer',
    sql: `
      select p.id, p.state, h.amount, h.outcome from purchase p full join points_hold h on h.purchase_id = p.id
      where p.state = 'held' and (h.purchase_id is null or h.outcome is not null or h.amount <> p.redeemed_hundredths)
         or h.outcome is null and p.state <> 'held' and h.purchase_id is not null
         or h.outcome is not null and h.outcome <> p.state
         or p.state in ('cancelled', 'released') and h.purchase_id is null`,
  },
  {
    rule: 'a refund gives back and takes back what the ledger moved for it',
    sql: `
      with moved as (
        select subject_id, sum(amount) filter (where kind = 'return') as returned,
          sum(amount) filter (where kind = 'clawback') as taken_back
        from transfer where kind in ('return', 'clawback') group by subject_id)
      select coalesce(r.id, m.subject_id) as id, r.returned_hundredths, m.returned, r.taken_back_hundredths, m.taken_back
      from refund r full join moved m on m.subject_id = r.id
      where r.id is null or r.returned_hundredths <> coalesce(m.returned, 0)
         or r.taken_back_hundredths <> coalesce(m.taken_back, 0)`,
  },
  {
    rule: 'no more is refunded than was paid, spent and earned, and in one way only',
    sql: `
      select p.id from purchase p join refund r on r.purchase_id = p.id
      group by p.id having p.state <> 'confirmed' or sum(r.sum_kopecks) > p.total_kopecks - p.redeemed_hundredths
        or sum(r.returned_hundredths) > p.redeemed_hundredths or sum(r.taken_back_hundredths) > p.earned_hundredths
        or count(distinct r.by_lines) > 1`,
  },
  {
    rule: 'the lines of a refund add up to it',
    sql: `
      with sums as (
        select refund_id, sum(sum_kopecks) as sum, sum(returned_hundredths) as returned,
          sum(taken_back_hundredths) as taken_back
        from refund_line group by refund_id)
      select r.id from refund r left join sums s on s.refund_id = r.id
      where r.by_lines <> (s.refund_id is not null)
         or r.by_lines
           and (r.sum_kopecks, r.returned_hundredths, r.taken_back_hundredths) is distinct from (s.sum, s.returned, s.taken_back)`,
  },
  {
    rule: 'no line is given back more than once',
    sql: `
      select l.purchase_id, l.index from purchase_line l
      join refund r on r.purchase_id = l.purchase_id join refund_line b on b.refund_id = r.id and b.index = l.index
      group by l.purchase_id, l.index having sum(b.quantity_thousandths) > coalesce(l.quantity_thousandths, 1000)
        or sum(b.sum_kopecks) > l.sum_kopecks - l.discount_kopecks or sum(b.returned_hundredths) > l.discount_kopecks
        or sum(b.taken_back_hundredths) > l.earned_hundredths`,
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
