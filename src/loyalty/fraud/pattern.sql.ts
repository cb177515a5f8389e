import type { VelocityRule } from './velocity-rules.js';

/** Columns that say whose receipts these are; `p` is the purchase, `card` its card. */
export const SUBJECTS: Record<VelocityRule['of'], readonly string[]> = {
  card: ['card_number'],
  terminal: ['terminal_id'],
  customer: ['customer_id'],
  card_at_terminal: ['card_number', 'terminal_id'],
};
export const MEASURES: Record<VelocityRule['measure'], string> = {
  receipts: '1::bigint',
  redeemed: 'p.redeemed_hundredths',
  earned: 'p.earned_hundredths',
};
const RECEIPT = `
  select p.occurred_at, p.card_number, p.terminal_id, card.customer_id, %measure% as amount
  from purchase p join card on card.number = p.card_number
  where p.state = 'confirmed'`;

/**
 * What is above the limit around the receipts written since `$1`, each subject's most for each day of the programme
 * (zone `$2`, limit `$3`). Set based: who wrote nothing is not looked at.
 */
export function patternSql({ of, measure, window }: VelocityRule): string {
  const columns = SUBJECTS[of];
  const list = columns.join(', ');
  const receipt = RECEIPT.replace('%measure%', MEASURES[measure]);
  const frame =
    window === 'hour'
      ? `partition by ${list} order by occurred_at range between interval '1 hour' preceding and current row`
      : `partition by ${list}, day order by occurred_at range between unbounded preceding and current row`;
  const others = ['card_number', 'terminal_id', 'customer_id'].map((name) =>
    columns.includes(name) ? name : `null as ${name}`,
  );
  return `
    with fresh as materialized (
      select ${list}, min(occurred_at) as first, max(occurred_at) as last
      from (${receipt} and p.created_at >= $1) written
      where ${columns.map((name) => `${name} is not null`).join(' and ')} group by ${list}
    ), counted as (
      select ${list}, day, occurred_at, sum(amount) over counting as value, min(occurred_at) over counting as began_at
      from (
        select receipt.*, (receipt.occurred_at at time zone $2)::date as day
        from (${receipt}
          and p.occurred_at >= (select min(first) - interval '1 day' from fresh)
          and p.occurred_at <= (select max(last) + interval '1 day' from fresh)) receipt
        join fresh using (${list})
        where receipt.occurred_at between fresh.first - interval '1 day' and fresh.last + interval '1 day'
      ) near window counting as (${frame})
    )
    select distinct on (${list}, day) ${others.join(', ')}, concat_ws(':', ${list}) as subject, day::text as day,
           value, began_at, occurred_at as ended_at
    from counted where value > $3 order by ${list}, day, value desc, occurred_at`;
}
