-- Reports read the books by business time. Rows come nearly in its order, so summaries of blocks (BRIN) find a period's
-- and cost the till's path next to nothing.
create index transfer_occurred_idx on transfer using brin (occurred_at) with (pages_per_range = 32, autosummarize = on);
create index transfer_burn_idx on transfer (occurred_at) where kind = 'burn';
create index lot_expires_idx on lot using brin (expires_at) with (pages_per_range = 32, autosummarize = on);
create index lot_earned_idx on lot using brin (earned_at) with (pages_per_range = 32, autosummarize = on);
create index card_sale_sold_idx on card_sale (sold_at);

-- fraud -------------------------------------------------------------------------------------------------------------

-- Which purchases are new since the last look: by the time at which the rows were written.
create index purchase_created_idx on purchase using brin (created_at) with (pages_per_range = 16, autosummarize = on);

-- How much is too much; a day is the programme's, an hour any sixty minutes.
create table velocity_limit (
  rule text primary key check (rule in (
    'card_receipts_hour', 'card_till_receipts_hour', 'terminal_receipts_hour',
    'customer_receipts_day', 'customer_redeemed_day', 'customer_earned_day')),
  -- Receipts, or hundredths of a point. What is above it raises an alert.
  threshold bigint not null check (threshold > 0),
  watched boolean not null default true,
  -- Whether purchases above it are refused at the till, besides the alert.
  blocks boolean not null default false,
  changed_at timestamptz not null default now()
);
insert into velocity_limit (rule, threshold) values
  ('card_receipts_hour', 5), ('card_till_receipts_hour', 3), ('terminal_receipts_hour', 120),
  ('customer_receipts_day', 10), ('customer_redeemed_day', 500000), ('customer_earned_day', 100000);

-- One for each rule, subject and day, however often the pattern is seen.
create table fraud_alert (
  id uuid primary key,
  rule text not null references velocity_limit,
  -- A card's number, a terminal's or a customer's id, or a card at a terminal.
  subject text not null,
  card_number text references card,
  terminal_id uuid references terminal,
  customer_id uuid references customer,
  day date not null,
  -- The most that was seen on the day, what the limit was, and when that began and ended.
  value bigint not null,
  threshold bigint not null,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'looked_at', 'dismissed')),
  judged_by uuid references staff,
  judged_at timestamptz,
  -- What was seen by whoever judged: an alert that outgrows it is open again.
  judged_value bigint,
  note text,
  raised_at timestamptz not null,
  unique (rule, subject, day),
  check (value > threshold and began_at <= ended_at),
  check ((state = 'open') = (judged_by is null)),
  check (num_nonnulls(card_number, terminal_id, customer_id) >= 1)
);
create index fraud_alert_ended_idx on fraud_alert (ended_at desc, id desc);
create index fraud_alert_open_idx on fraud_alert (ended_at desc, id desc) where state = 'open';

create table fraud_watch (
  the_one boolean primary key default true check (the_one),
  looked_until timestamptz not null
);
insert into fraud_watch (looked_until) values (now());
