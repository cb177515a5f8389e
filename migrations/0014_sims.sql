-- The stock of SIM cards (T4): offices, cards and eSIMs, who holds what and for which order, files of operators.

-- How many digits an operator's cards have, check digit included; null where both are seen or none is known.
alter table operator add column iccid_digits smallint check (iccid_digits in (19, 20));
update operator set iccid_digits = 20 where code = 'mts';
update operator set iccid_digits = 19 where code in ('beeline', 't2');

create table office (
  id uuid primary key,
  name text not null check (btrim(name) <> '' and length(name) <= 120),
  address text not null check (length(address) <= 300),
  -- A closed office holds nothing and gets nothing.
  closed_at timestamptz,
  created_at timestamptz not null
);
create unique index office_name_idx on office (lower(name)) where closed_at is null;

-- A file of an operator: kept sealed until it is imported, for it holds PINs and activation codes.
create table sim_import (
  id uuid primary key,
  -- What people call the delivery by, where they gave it no name.
  number integer not null generated always as identity unique,
  file_name text not null check (length(file_name) between 1 and 200),
  operator_id uuid not null references operator,
  office_id uuid not null references office,
  party text check (length(party) between 1 and 60),
  state text not null default 'uploaded' check (state in ('uploaded', 'checked', 'imported')),
  file_sealed bytea,
  -- { encoding, separator, heading, columns, priceKopecks }: how the file is read.
  layout jsonb not null,
  row_count integer not null check (row_count >= 0),
  ready_count integer check (ready_count >= 0),
  fault_count integer check (fault_count >= 0),
  doubt_count integer check (doubt_count >= 0),
  -- [{ line, column, code, doubt, other }], the first two hundred; never what stands in the row.
  faults jsonb not null default '[]',
  -- Why rows that are only doubtful were imported all the same.
  override_reason text check (length(override_reason) between 1 and 500),
  added_count integer check (added_count >= 0),
  uploaded_by uuid references staff,
  uploaded_at timestamptz not null,
  imported_by uuid references staff,
  imported_at timestamptz,
  check ((state = 'imported') = (imported_at is not null)),
  check ((state = 'imported') = (added_count is not null)),
  check ((state = 'imported') = (file_sealed is null)),
  check (state = 'uploaded' or ready_count is not null)
);
create index sim_import_at_idx on sim_import (uploaded_at, id);

create table sim_card (
  -- In order of receipt: lists go by it.
  id uuid primary key,
  operator_id uuid not null references operator,
  -- With its check digit; one card whether a file has that digit or not.
  iccid text not null check (iccid ~ '^89[0-9]{17,18}$'),
  iccid_body text not null unique check (iccid_body = left(iccid, -1)),
  -- As the operator's file spells it.
  iccid_raw text not null check (length(iccid_raw) <= 40),
  kind text not null check (kind in ('physical', 'esim')),
  -- A dynamic card gets its number when it is registered.
  number_kind text not null check (number_kind in ('static', 'dynamic')),
  number text check (number ~ '^\+79[0-9]{9}$'),
  tariff_name text check (length(tariff_name) between 1 and 120),
  region text check (length(region) between 1 and 120),
  party text not null check (length(party) between 1 and 60),
  price_kopecks bigint check (price_kopecks >= 0),
  -- Money that is on the card from the operator.
  balance_kopecks bigint,
  -- PINs and PUKs, and the activation code of an eSIM: sealed with the installation's key, bound to this row.
  codes_sealed bytea,
  lpa_sealed bytea,
  state text not null default 'in_stock' check (state in ('in_stock', 'reserved', 'assigned', 'returned', 'written_off')),
  office_id uuid references office,
  holder_id uuid references staff,
  import_id uuid references sim_import,
  created_at timestamptz not null,
  check (num_nonnulls(office_id, holder_id) = case when state in ('in_stock', 'reserved', 'returned') then 1 else 0 end),
  check (number_kind = 'dynamic' or number is not null),
  check (number is null or number_kind = 'static' or state <> 'in_stock'),
  check (number is not null or state <> 'assigned'),
  check (lpa_sealed is null or kind = 'esim')
);
-- A number lives on one card at most.
create unique index sim_card_live_number_idx on sim_card (number) where state in ('in_stock', 'reserved', 'assigned');
-- Any choice of operator, state and kind beside a place or a party is a handful of reads of one of these.
create index sim_card_list_idx on sim_card (operator_id, state, kind, id);
create index sim_card_office_idx on sim_card (office_id, operator_id, state, kind, id) where office_id is not null;
create index sim_card_holder_idx on sim_card (holder_id, operator_id, state, kind, id) where holder_id is not null;
create index sim_card_party_idx on sim_card (party, operator_id, state, kind, id);
create index sim_card_iccid_idx on sim_card (iccid collate "C");
create index sim_card_number_idx on sim_card (reverse(number) collate "C") where number is not null;

-- One SIM card is on one order, whatever races: a second row without an end is refused here.
create table sim_reservation (
  id uuid primary key,
  sim_id uuid not null references sim_card,
  -- Orders keep their own books; there is no reference to them here.
  order_id uuid not null,
  reserved_at timestamptz not null,
  assigned_at timestamptz,
  ended_at timestamptz
);
create unique index sim_reservation_live_idx on sim_reservation (sim_id) where ended_at is null;
create index sim_reservation_order_idx on sim_reservation (order_id);

create table sim_movement (
  seq bigint generated always as identity primary key,
  sim_id uuid not null references sim_card,
  verb text not null check (verb in ('received', 'moved', 'reserved', 'released', 'assigned', 'returned', 'restocked', 'written_off')),
  from_office_id uuid references office,
  from_holder_id uuid references staff,
  to_office_id uuid references office,
  to_holder_id uuid references staff,
  order_id uuid,
  reason text check (length(reason) between 1 and 500),
  actor_kind text not null check (actor_kind in ('customer', 'staff', 'terminal', 'system', 'stranger')),
  actor_id uuid,
  at timestamptz not null,
  check (reason is not null or verb <> 'written_off')
);
create index sim_movement_sim_idx on sim_movement (sim_id, seq);
create trigger sim_movement_append_only before update or delete on sim_movement for each row execute function forbid_change();
create trigger sim_movement_no_truncate before truncate on sim_movement for each statement execute function forbid_change();

-- Who was shown what. An eSIM's activation code is shown once.
create table sim_reveal (
  id uuid primary key,
  sim_id uuid not null references sim_card,
  what text not null check (what in ('iccid', 'codes', 'lpa')),
  staff_id uuid not null references staff,
  at timestamptz not null
);
create unique index sim_reveal_lpa_idx on sim_reveal (sim_id) where what = 'lpa';
create index sim_reveal_sim_idx on sim_reveal (sim_id, at);
create trigger sim_reveal_append_only before update or delete on sim_reveal for each row execute function forbid_change();
create trigger sim_reveal_no_truncate before truncate on sim_reveal for each statement execute function forbid_change();

-- What a SIM card is never changes; where it is and what became of it does. Nothing leaves the register.
create function forbid_sim_rewrite() returns trigger language plpgsql as $$
begin
  if (new.id, new.operator_id, new.iccid, new.iccid_raw, new.kind, new.number_kind, new.import_id, new.created_at)
     is distinct from (old.id, old.operator_id, old.iccid, old.iccid_raw, old.kind, old.number_kind, old.import_id, old.created_at)
     or old.state = 'written_off' then
    raise exception 'this of sim_card does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger sim_card_identity before update on sim_card for each row execute function forbid_sim_rewrite();
create trigger sim_card_no_delete before delete on sim_card for each row execute function forbid_change();
create trigger sim_card_no_truncate before truncate on sim_card for each statement execute function forbid_change();
