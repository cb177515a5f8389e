-- The web till: devices paired with a terminal's key, cashiers with their PINs, and who stood at which device when.

create table till_device (
  id uuid primary key,
  -- Receipts made on it are called W<number>-<n>.
  number integer not null generated always as identity unique,
  terminal_id uuid not null references terminal,
  -- It works as long as the key it was paired with.
  key_id uuid not null references api_key,
  -- The greatest n so far, for a device that forgot its own count.
  receipts integer not null default 0 check (receipts >= 0),
  name text not null check (length(name) between 1 and 64),
  token_hash bytea not null unique,
  wrong_pins smallint not null default 0 check (wrong_pins between 0 and 5),
  locked_until timestamptz,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null,
  check (expires_at > created_at)
);
create index till_device_terminal_idx on till_device (terminal_id);
create index till_device_key_idx on till_device (key_id);

create table till_cashier (
  id uuid primary key,
  station_id uuid not null references station,
  name text not null check (length(name) between 1 and 64),
  -- Keyed with the installation's secret: four digits would be guessed back from a plain hash.
  pin_digest bytea not null,
  disabled_at timestamptz,
  created_at timestamptz not null
);
create unique index till_cashier_name_key on till_cashier (station_id, lower(name)) where disabled_at is null;

create table till_shift (
  id uuid primary key,
  device_id uuid not null references till_device,
  cashier_id uuid not null references till_cashier,
  began_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  check (seen_at >= began_at)
);
create unique index till_shift_open_key on till_shift (device_id) where ended_at is null;
create index till_shift_cashier_idx on till_shift (cashier_id);
