-- Numbers that open a cabinet besides its contact phone: a customer's live lines that they use themselves. A confirmed
-- contact phone wins over them; a line that ends takes its row along.
create table login_number (
  phone text primary key check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  login_id uuid not null references login,
  created_at timestamptz not null default now()
);
create index login_number_login_idx on login_number (login_id);

-- The last four digits printed on a SIM card, which open one step (a code by SMS to that very number) until the first
-- password of the cabinet is set. Only keyed digests: as printed there may be two readings, with the check digit and without.
create table first_password (
  id uuid primary key,
  login_id uuid not null references login,
  phone text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  digests bytea[] not null check (cardinality(digests) between 1 and 2),
  tries_left smallint not null check (tries_left >= 0),
  ended_at timestamptz,
  end_reason text check (end_reason in ('password_set', 'wrong_tries', 'taken_back')),
  created_at timestamptz not null default now(),
  check ((ended_at is null) = (end_reason is null))
);
create unique index first_password_live_idx on first_password (phone) where ended_at is null;
create index first_password_login_idx on first_password (login_id);

-- Every wrong try with four digits, whether anybody has that phone or not: many phones within minutes are a spray.
create table first_password_miss (
  phone_digest bytea not null,
  missed_at timestamptz not null
);
create index first_password_miss_idx on first_password_miss (missed_at) include (phone_digest);

-- What the doors noticed and staff should look at.
create table security_alarm (
  id uuid primary key,
  kind text not null check (kind in ('first_password_spray')),
  -- How many different phones were tried, and when that began and was last seen.
  phones integer not null check (phones > 0),
  began_at timestamptz not null,
  seen_at timestamptz not null check (seen_at >= began_at),
  acknowledged_by uuid references staff,
  acknowledged_at timestamptz,
  check ((acknowledged_by is null) = (acknowledged_at is null))
);
create index security_alarm_seen_idx on security_alarm (kind, seen_at desc);
