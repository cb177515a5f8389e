-- A customer's lines: live numbers, each on the version of a tariff that was agreed upon, and the ruble account that pays for them.

-- ledger: accounts in rubles -------------------------------------------------------------------------------------------

alter table account drop constraint account_kind_check, drop constraint account_balance_check, drop constraint account_negative_check;
alter table account
  add constraint account_kind_check check (kind in ('points', 'held', 'rubles', 'issued', 'spent', 'burnt')),
  add constraint account_balance_check check ((kind in ('points', 'held', 'rubles')) = (balance is not null)),
  -- A subscriber may owe.
  add constraint account_negative_check check (not may_be_negative or kind in ('points', 'rubles')),
  add constraint account_rubles_check check ((kind = 'rubles') = (unit = 'kopeck'));

-- lines --------------------------------------------------------------------------------------------------------------

-- «Лицевой счёт»: one for a customer; its number ends with a check digit by Luhn, so that a slip of the pen is nobody's.
create sequence personal_account_serial start 100001;
create table personal_account (
  id uuid primary key references account,
  number text not null unique check (number ~ '^[0-9]{7,12}$'),
  customer_id uuid not null unique references customer,
  opened_at timestamptz not null
);

create table line (
  id uuid primary key,
  customer_id uuid not null references customer,
  account_id uuid not null references personal_account,
  operator_id uuid not null references operator,
  -- What the subscriber took; it stays theirs until they are moved.
  tariff_version_id uuid not null references tariff_version,
  number text not null check (number ~ '^\+79[0-9]{9}$'),
  sim_id uuid references sim_card,
  -- The order that brought it; orders keep their own books.
  order_id uuid,
  state text not null check (state in ('handed_over', 'active', 'suspended', 'ended')),
  -- Who uses it, where that is not the customer: an employee, a child. Null is the customer.
  used_by text check (length(btrim(used_by)) between 1 and 120),
  nickname text check (length(btrim(nickname)) between 1 and 40),
  opened_at timestamptz not null,
  activated_at timestamptz check (activated_at >= opened_at),
  ended_at timestamptz,
  check ((state = 'ended') = (ended_at is not null)),
  check (state not in ('active', 'suspended') or activated_at is not null)
);
-- A number lives on one line at a time.
create unique index line_live_number_idx on line (number) where state <> 'ended';
create unique index line_live_sim_idx on line (sim_id) where state <> 'ended';
create index line_customer_idx on line (customer_id, opened_at, id);
create index line_number_reversed_idx on line (reverse(number) collate "C");

-- What happened to a line: who, when, from what to what.
create table line_event (
  seq bigint generated always as identity primary key,
  line_id uuid not null references line,
  kind text not null check (kind in ('opened', 'activated', 'user_changed', 'ended')),
  tariff_version_id uuid references tariff_version,
  actor_kind text not null check (actor_kind in ('customer', 'staff', 'terminal', 'system')),
  actor_id uuid,
  reason text check (length(reason) between 1 and 500),
  at timestamptz not null
);
create index line_event_line_idx on line_event (line_id, seq);
create trigger line_event_append_only before update or delete on line_event for each row execute function forbid_change();
create trigger line_event_no_truncate before truncate on line_event for each statement execute function forbid_change();
