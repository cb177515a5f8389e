-- The first schema: ledger, people, stations, cards, purchases, and what the processes need.
-- Amounts are bigint minor units: kopecks of a ruble, hundredths of a point. Ids are UUIDv7 made by the application.

-- ledger ------------------------------------------------------------------------------------------------------------

create table account (
  id uuid primary key,
  kind text not null check (kind in ('points', 'issued', 'spent', 'burnt')),
  unit text not null check (unit in ('point', 'kopeck')),
  -- Programme accounts carry no running balance (a thousand tills would queue on one row): theirs is summed.
  balance bigint check ((kind = 'points') = (balance is not null)),
  may_be_negative boolean not null default false,
  created_at timestamptz not null default now(),
  check (balance >= 0 or may_be_negative)
) with (fillfactor = 80);

insert into account (id, kind, unit) values
  ('00000000-0000-7000-8000-000000000001', 'issued', 'point'),
  ('00000000-0000-7000-8000-000000000002', 'spent', 'point'),
  ('00000000-0000-7000-8000-000000000003', 'burnt', 'point');

create table transfer (
  id uuid primary key,
  kind text not null check (kind in ('earn', 'spend', 'burn', 'move')),
  from_account_id uuid not null references account,
  to_account_id uuid not null references account,
  amount bigint not null check (amount > 0),
  -- What caused it: a purchase, an activation, a burning.
  subject_id uuid not null,
  reverses_id uuid references transfer,
  -- Business time, which the demo may shift, and the time at which the row was written.
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  check (from_account_id <> to_account_id)
);
create index transfer_from_idx on transfer (from_account_id, occurred_at) where kind <> 'earn';
create index transfer_to_idx on transfer (to_account_id, occurred_at) where kind not in ('spend', 'burn');

create table lot (
  id uuid primary key,
  account_id uuid not null references account,
  transfer_id uuid not null references transfer,
  origin_lot_id uuid references lot,
  amount bigint not null check (amount > 0),
  remaining bigint not null,
  earned_at timestamptz not null,
  -- The first moment at which the lot can no longer be spent.
  expires_at timestamptz not null,
  check (remaining between 0 and amount),
  check (expires_at > earned_at)
);
create index lot_open_idx on lot (account_id, expires_at) where remaining > 0;

-- What burns when, summed by account and moment: an earning or a balance never reads the lots themselves. Rows at zero go.
create table lot_day (
  account_id uuid not null references account,
  expires_at timestamptz not null,
  remaining bigint not null check (remaining > 0),
  primary key (account_id, expires_at)
) with (fillfactor = 80);
create index lot_day_due_idx on lot_day (expires_at);

create table lot_draw (
  transfer_id uuid not null references transfer,
  lot_id uuid not null references lot,
  amount bigint not null check (amount > 0),
  primary key (transfer_id, lot_id)
);
create index lot_draw_lot_idx on lot_draw (lot_id);

create function forbid_change() returns trigger language plpgsql as $$
begin
  raise exception '% only grows: % is not allowed', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;
create trigger transfer_append_only before update or delete on transfer for each row execute function forbid_change();
create trigger transfer_no_truncate before truncate on transfer for each statement execute function forbid_change();
create trigger lot_draw_append_only before update or delete on lot_draw for each row execute function forbid_change();
create trigger lot_draw_no_truncate before truncate on lot_draw for each statement execute function forbid_change();
create trigger lot_no_delete before delete on lot for each row execute function forbid_change();
create trigger lot_no_truncate before truncate on lot for each statement execute function forbid_change();
create function forbid_lot_rewrite() returns trigger language plpgsql as $$
begin
  if (new.id, new.account_id, new.transfer_id, new.origin_lot_id, new.amount, new.earned_at, new.expires_at)
     is distinct from (old.id, old.account_id, old.transfer_id, old.origin_lot_id, old.amount, old.earned_at, old.expires_at) then
    raise exception 'only lot.remaining changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger lot_only_remaining before update on lot for each row execute function forbid_lot_rewrite();

-- audit -------------------------------------------------------------------------------------------------------------

create table audit_log (
  seq bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_kind text not null check (actor_kind in ('customer', 'staff', 'terminal', 'system', 'stranger')),
  actor_id uuid,
  action text not null,
  object_kind text not null,
  object_id text not null,
  -- Never personal values or secrets: ids, states, counts.
  facts jsonb not null default '{}',
  ip inet,
  request_id text
);
create index audit_log_object_idx on audit_log (object_kind, object_id, seq);
create index audit_log_actor_idx on audit_log (actor_kind, seq);
create trigger audit_log_append_only before update or delete on audit_log for each row execute function forbid_change();
create trigger audit_log_no_truncate before truncate on audit_log for each statement execute function forbid_change();

-- auth --------------------------------------------------------------------------------------------------------------

create table login (
  id uuid primary key,
  phone text not null unique check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  password_hash text,
  password_set_at timestamptz,
  temporary_password_hash text,
  temporary_password_expires_at timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
-- Staff search by the last digits: a prefix of the number read backwards.
create index login_phone_reversed_idx on login (reverse(phone) collate "C");

create table one_time_code (
  id uuid primary key,
  purpose text not null,
  phone text not null,
  code_hmac bytea not null,
  -- The browser that asked: a code works nowhere else.
  browser_hmac bytea not null,
  tries_left smallint not null check (tries_left >= 0),
  expires_at timestamptz not null,
  used_at timestamptz,
  voided_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index one_time_code_live_idx on one_time_code (phone, purpose) where used_at is null and voided_at is null;
create index one_time_code_created_idx on one_time_code (created_at);

create table staff (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  role text not null check (role in ('admin', 'manager', 'operator', 'accountant')),
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

create table staff_invitation (
  id uuid primary key,
  email text not null check (email = lower(email)),
  role text not null check (role in ('admin', 'manager', 'operator', 'accountant')),
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);

create table customer_session (sid text primary key, sess json not null, expire timestamptz not null);
create index customer_session_expire_idx on customer_session (expire);
create table staff_session (sid text primary key, sess json not null, expire timestamptz not null);
create index staff_session_expire_idx on staff_session (expire);

-- Counters of rate-limiter-flexible: expire is milliseconds of the Unix epoch, on real time.
create table rate_limit (key varchar(255) primary key, points integer not null default 0, expire bigint);
create index rate_limit_expire_idx on rate_limit (expire);

-- customers ---------------------------------------------------------------------------------------------------------

create table customer (
  id uuid primary key references login,
  surname text,
  name text,
  patronymic text,
  birth_date date,
  sex text check (sex in ('female', 'male')),
  email text,
  language text not null default 'ru' check (language in ('ru', 'en')),
  points_account_id uuid not null unique references account,
  -- Names as they are searched: small letters, ё as е, in code point order whatever the locale of the database.
  surname_key text collate "C" not null
    generated always as (coalesce(translate(lower(surname collate "und-x-icu"), 'ё', 'е'), '')) stored,
  name_key text collate "C" not null
    generated always as (coalesce(translate(lower(name collate "und-x-icu"), 'ё', 'е'), '')) stored,
  created_at timestamptz not null default now()
);
create index customer_surname_idx on customer (surname_key, name_key, id);
create index customer_name_idx on customer (name_key, surname_key, id);
create index customer_created_idx on customer (created_at, id);
create index customer_email_idx on customer (lower(email));

create table consent (
  id uuid primary key,
  customer_id uuid not null references customer,
  kind text not null check (kind in ('personal_data', 'programme_rules', 'mailings')),
  text_version text not null,
  source text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz
);
create index consent_customer_idx on consent (customer_id);

-- stations ----------------------------------------------------------------------------------------------------------

create table station (
  id uuid primary key,
  number integer not null unique,
  name text not null,
  city text not null,
  address text not null,
  time_zone text not null default 'Europe/Moscow',
  closed_at timestamptz,
  created_at timestamptz not null default now()
);

-- A station's own goods group codes, as its register sends them, and what they count as.
create table category_alias (
  station_id uuid not null references station,
  code text not null check (length(code) between 1 and 64),
  category text not null check (category in ('fuel', 'goods', 'food', 'services', 'tobacco')),
  primary key (station_id, code)
);

create table terminal (
  id uuid primary key,
  station_id uuid not null references station,
  name text not null,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  unique (station_id, name)
);

create table api_key (
  id uuid primary key,
  kind text not null check (kind in ('terminal', 'ivr')),
  terminal_id uuid references terminal,
  key_hash bytea not null unique,
  hint text not null,
  created_by uuid references staff,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  check ((kind = 'terminal') = (terminal_id is not null))
);
create index api_key_terminal_idx on api_key (terminal_id);

-- cards -------------------------------------------------------------------------------------------------------------

create table card_batch (
  id uuid primary key,
  number integer generated always as identity unique,
  title text not null,
  size integer not null check (size between 1 and 100000),
  station_id uuid references station,
  created_by uuid references staff,
  created_at timestamptz not null default now()
);

create table card (
  number text primary key check (number ~ '^[0-9]{13}$'),
  kind text not null check (kind in ('plastic', 'virtual')),
  state text not null check (state in ('printed', 'at_station', 'sold', 'active', 'blocked', 'replaced')),
  batch_id uuid references card_batch,
  -- Its own account from the sale to the activation, then the customer's. A card changes only under this account's lock.
  account_id uuid references account,
  customer_id uuid references customer,
  sold_at timestamptz,
  activated_at timestamptz,
  created_at timestamptz not null default now(),
  check ((kind = 'plastic') = (batch_id is not null)),
  check ((state in ('printed', 'at_station')) = (account_id is null)),
  check (state <> 'active' or customer_id is not null)
);
create index card_batch_idx on card (batch_id, state, number) where batch_id is not null;
create index card_customer_idx on card (customer_id) where customer_id is not null;
create index card_account_idx on card (account_id) where account_id is not null;

create table card_sale (
  card_number text primary key references card,
  terminal_id uuid not null references terminal,
  price_kopecks bigint not null check (price_kopecks >= 0),
  cashier text,
  sold_at timestamptz not null,
  created_at timestamptz not null default now()
);

-- A virtual card's number given up for another: the old one stops working at once.
create table card_replacement (
  old_number text primary key references card,
  new_number text not null unique references card,
  reason text not null,
  actor_kind text not null,
  actor_id uuid not null,
  replaced_at timestamptz not null
);

-- loyalty -----------------------------------------------------------------------------------------------------------

create table activation (
  id uuid primary key,
  kind text not null check (kind in ('plastic', 'virtual')),
  card_number text references card,
  customer_id uuid references customer,
  phone text,
  -- What was typed, until the code is confirmed; then wiped.
  person jsonb,
  code_id uuid references one_time_code on delete set null,
  moved_from_account_id uuid references account,
  started_at timestamptz not null,
  completed_at timestamptz,
  check ((completed_at is null) = (customer_id is null))
);
create index activation_customer_idx on activation (customer_id);
create index activation_completed_idx on activation (completed_at, id) where completed_at is not null;
create index activation_started_idx on activation (started_at) where completed_at is null;

create table purchase (
  id uuid primary key,
  terminal_id uuid not null references terminal,
  station_id uuid not null references station,
  card_number text not null references card,
  account_id uuid not null references account,
  receipt_number text not null,
  receipt_at timestamptz not null,
  -- The receipt's time, or the server's where the till's clock runs ahead (then flagged).
  occurred_at timestamptz not null,
  flagged boolean not null default false,
  state text not null check (state in ('held', 'confirmed', 'cancelled', 'released')),
  total_kopecks bigint not null check (total_kopecks >= 0),
  redeemed_hundredths bigint not null check (redeemed_hundredths between 0 and total_kopecks),
  earned_hundredths bigint not null check (earned_hundredths >= 0),
  cashier text,
  created_at timestamptz not null default now(),
  unique (terminal_id, receipt_number, receipt_at)
);
create index purchase_card_idx on purchase (card_number, occurred_at);
create index purchase_occurred_idx on purchase (occurred_at, id);

create table purchase_line (
  purchase_id uuid not null references purchase,
  index smallint not null check (index between 0 and 999),
  category text not null check (category in ('fuel', 'goods', 'food', 'services', 'tobacco')),
  sum_kopecks bigint not null check (sum_kopecks >= 0),
  discount_kopecks bigint not null check (discount_kopecks between 0 and sum_kopecks),
  earned_hundredths bigint not null check (earned_hundredths >= 0),
  -- [{ code, title, points }]: which rules made the line's points.
  rules jsonb not null,
  sku text,
  name text,
  price_kopecks bigint,
  quantity_thousandths bigint,
  primary key (purchase_id, index)
);

-- pos ---------------------------------------------------------------------------------------------------------------

create table idempotency_key (
  terminal_id uuid not null references terminal,
  key text not null check (length(key) between 1 and 64),
  request_hash bytea not null,
  status smallint not null,
  answer text not null,
  created_at timestamptz not null default now(),
  primary key (terminal_id, key)
);
create index idempotency_key_created_idx on idempotency_key using brin (created_at);

-- messages, outbox, schedule, demo ----------------------------------------------------------------------------------

create table message (
  id uuid primary key,
  channel text not null check (channel in ('sms', 'email', 'push')),
  recipient text not null,
  subject text,
  -- Wiped after sending where it carried a secret.
  body text,
  secret boolean not null default false,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  error text,
  sent_at timestamptz,
  created_at timestamptz not null default now()
);
create index message_created_idx on message (created_at);

create table dev_inbox (
  id uuid primary key,
  channel text not null,
  recipient text not null,
  subject text,
  body text not null,
  at timestamptz not null default now()
);
create index dev_inbox_recipient_idx on dev_inbox (recipient, at);

create table outbox (
  id uuid primary key,
  topic text not null,
  subject_id text not null,
  due_at timestamptz not null default now(),
  rung_at timestamptz,
  rings integer not null default 0,
  done_at timestamptz,
  created_at timestamptz not null default now()
);
create index outbox_open_idx on outbox (due_at) where done_at is null;

create table schedule_run (
  name text not null,
  due_at timestamptz not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (name, due_at)
);

create table demo_world (
  the_one boolean primary key default true check (the_one),
  clock_shift_ms bigint not null default 0 check (clock_shift_ms >= 0),
  world jsonb
);
