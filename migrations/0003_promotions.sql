-- Promotions that raise what a purchase earns, the segments they may be for, and what their caps count.

create table segment (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  -- Either conditions, worked out every night, or the list of customers as it was given.
  conditions jsonb,
  members integer not null default 0 check (members >= 0),
  refreshed_at timestamptz not null,
  created_by uuid references staff,
  created_at timestamptz not null
);

create table segment_member (
  segment_id uuid not null references segment,
  customer_id uuid not null references customer,
  primary key (segment_id, customer_id)
);
create index segment_member_customer_idx on segment_member (customer_id);

create table promotion (
  id uuid primary key,
  number integer generated always as identity unique,
  state text not null check (state in ('draft', 'published', 'paused', 'ended')),
  version integer not null default 1 check (version > 0),
  terms jsonb not null,
  created_at timestamptz not null
);

-- Every change, with whoever made it: what stood in force on any day can be read here.
create table promotion_version (
  promotion_id uuid not null references promotion,
  version integer not null,
  action text not null check (action in ('drafted', 'changed', 'published', 'paused', 'resumed', 'ended')),
  state text not null check (state in ('draft', 'published', 'paused', 'ended')),
  terms jsonb not null,
  changed_by uuid references staff,
  changed_at timestamptz not null,
  primary key (promotion_id, version)
);
create trigger promotion_version_append_only before update or delete on promotion_version
  for each row execute function forbid_change();
create trigger promotion_version_no_truncate before truncate on promotion_version
  for each statement execute function forbid_change();

-- What a promotion gave on an account in a day of the station. It changes only under the account's lock.
create table promotion_use (
  promotion_id uuid not null references promotion,
  account_id uuid not null references account,
  day date not null,
  points_hundredths bigint not null check (points_hundredths > 0),
  receipts integer not null check (receipts > 0),
  primary key (account_id, promotion_id, day)
) with (fillfactor = 80);
create index promotion_use_day_idx on promotion_use (promotion_id, day);

-- Grows with whatever a process keeps of promotions in its memory; each batch of purchases looks at it.
create table promotion_edition (
  the_one boolean primary key default true check (the_one),
  edition bigint not null
);
insert into promotion_edition (edition) values (1);

create function new_promotion_edition() returns trigger language plpgsql as $$
begin
  update promotion_edition set edition = edition + 1;
  return null;
end $$;
create trigger promotion_new_edition after insert or update or delete on promotion
  for each statement execute function new_promotion_edition();
create trigger station_new_edition after insert or update of time_zone on station
  for each statement execute function new_promotion_edition();
